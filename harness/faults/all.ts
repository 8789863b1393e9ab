// Every fault there is, lawful ones first.
import { closeConnection } from "./close-connection.ts"
import { coalesce } from "./coalesce.ts"
import { delay } from "./delay.ts"
import { dropConnection } from "./drop-connection.ts"
import { dropEvent } from "./drop-event.ts"
import { duplicateEvent } from "./duplicate-event.ts"
import { extraField } from "./extra-field.ts"
import type { Fault } from "./fault.ts"
import { malformedText } from "./malformed-text.ts"
import { nullEventId } from "./null-event-id.ts"
import { nullPreviousItem } from "./null-previous-item.ts"
import { renumber } from "./renumber.ts"
import { splitFrame } from "./split-frame.ts"
import { unknownEvent } from "./unknown-event.ts"

export const faults: readonly Fault[] = [
  delay,
  splitFrame,
  coalesce,
  unknownEvent,
  extraField,
  nullEventId,
  nullPreviousItem,
  dropEvent,
  duplicateEvent,
  renumber,
  malformedText,
  dropConnection,
  closeConnection,
]
