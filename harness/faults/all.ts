// Every fault there is, lawful ones first.
import { binaryFrame } from "./binary-frame.ts"
import { closeConnection } from "./close-connection.ts"
import { coalesce } from "./coalesce.ts"
import { delay } from "./delay.ts"
import { dropConnection } from "./drop-connection.ts"
import { dropEvent } from "./drop-event.ts"
import { duplicateEvent } from "./duplicate-event.ts"
import { extraField } from "./extra-field.ts"
import type { Fault } from "./fault.ts"
import { foreignId } from "./foreign-id.ts"
import { halfOpen } from "./half-open.ts"
import { holdBack } from "./hold-back.ts"
import { hugeFrame } from "./huge-frame.ts"
import { malformedText } from "./malformed-text.ts"
import { missingField } from "./missing-field.ts"
import { nullEventId } from "./null-event-id.ts"
import { nullPreviousItem } from "./null-previous-item.ts"
import { renumber } from "./renumber.ts"
import { splitFrame } from "./split-frame.ts"
import { swizzle } from "./swizzle.ts"
import { unknownEvent } from "./unknown-event.ts"

export const faults: readonly Fault[] = [
  delay,
  splitFrame,
  coalesce,
  unknownEvent,
  extraField,
  hugeFrame,
  nullEventId,
  nullPreviousItem,
  dropEvent,
  duplicateEvent,
  renumber,
  holdBack,
  swizzle,
  foreignId,
  missingField,
  malformedText,
  binaryFrame,
  dropConnection,
  closeConnection,
  halfOpen,
]
