// The table of contents: every scenario, in the order in which one would tell them to somebody new.
import { catalogue, type Scenario } from "../harness/script/index.ts"
import audioCommitAfterTheServerCommitted from "./audio/commit-after-the-server-committed.ts"
import audioCommittedBeforeAnAnswer from "./audio/committed-before-an-answer.ts"
import audioCommittedDuringAReply from "./audio/committed-during-a-reply.ts"
import audioCommittedTurn from "./audio/committed-turn.ts"
import audioCommittedTurnWaitsItsTurn from "./audio/committed-turn-waits-its-turn.ts"
import audioCommittedWhileSpeaking from "./audio/committed-while-speaking.ts"
import audioMicrophoneStaysOpen from "./audio/microphone-stays-open.ts"
import audioNobodySpoke from "./audio/nobody-spoke.ts"
import audioSpokenTurn from "./audio/spoken-turn.ts"
import audioTranscriptAfterTheReply from "./audio/transcript-after-the-reply.ts"
import audioTranscriptBeforeTheItem from "./audio/transcript-before-the-item.ts"
import audioTranscriptionFails from "./audio/transcription-fails.ts"
import cancelAliasEventIsNoEnd from "./cancel/alias-event-is-no-end.ts"
import cancelBargeInMeetsTheCancel from "./cancel/barge-in-meets-the-cancel.ts"
import cancelBeforeCreated from "./cancel/before-created.ts"
import cancelCompletesAnyway from "./cancel/completes-anyway.ts"
import cancelCrossesAFailure from "./cancel/crosses-a-failure.ts"
import cancelCrossesAnIncompleteEnd from "./cancel/crosses-an-incomplete-end.ts"
import cancelCrossesDone from "./cancel/crosses-done.ts"
import cancelFailsMeanwhile from "./cancel/fails-meanwhile.ts"
import cancelMidStream from "./cancel/mid-stream.ts"
import cancelNextQuestionAfterACancel from "./cancel/next-question-after-a-cancel.ts"
import cancelNothingToCancel from "./cancel/nothing-to-cancel.ts"
import cancelOutOfBandAlone from "./cancel/out-of-band-alone.ts"
import cancelRedundantAfterBargeIn from "./cancel/redundant-after-barge-in.ts"
import cancelSecondDoneOfAnOldResponse from "./cancel/second-done-of-an-old-response.ts"
import cancelSettlesWhatItCancels from "./cancel/settles-what-it-cancels.ts"
import cancelStreamsOn from "./cancel/streams-on.ts"
import cancelTextStreamsOn from "./cancel/text-streams-on.ts"
import cancelThenAsksAtOnce from "./cancel/then-asks-at-once.ts"
import cancelTruncationBeyondTheEnd from "./cancel/truncation-beyond-the-end.ts"
import cancelTruncationMidStream from "./cancel/truncation-mid-stream.ts"
import connectionClosed1000BeforeCreated from "./connection/closed-1000-before-created.ts"
import connectionClosed1000MidStream from "./connection/closed-1000-mid-stream.ts"
import connectionClosed1001IsRecovered from "./connection/closed-1001-is-recovered.ts"
import connectionClosed1011BeforeCreated from "./connection/closed-1011-before-created.ts"
import connectionClosed1012MidStream from "./connection/closed-1012-mid-stream.ts"
import connectionClosed1013IsRecovered from "./connection/closed-1013-is-recovered.ts"
import connectionClosedByTheAppWhileWaiting from "./connection/closed-by-the-app-while-waiting.ts"
import connectionClosedTwice from "./connection/closed-twice.ts"
import connectionClosedWhileAToolRuns from "./connection/closed-while-a-tool-runs.ts"
import connectionDeferredCreateDiesWithItsConnection from "./connection/deferred-create-dies-with-its-connection.ts"
import connectionDroppedBeforeCreated from "./connection/dropped-before-created.ts"
import connectionDroppedBeforeTheFirstWord from "./connection/dropped-before-the-first-word.ts"
import connectionDroppedMidStream from "./connection/dropped-mid-stream.ts"
import connectionDroppedWithAnUpdateWaiting from "./connection/dropped-with-an-update-waiting.ts"
import connectionHalfOpen from "./connection/half-open.ts"
import connectionHalfOpenMidStream from "./connection/half-open-mid-stream.ts"
import connectionLateFramesAfterClose from "./connection/late-frames-after-close.ts"
import connectionReconnectIsTurnedAway from "./connection/reconnect-is-turned-away.ts"
import connectionReconnectsAfterADrop from "./connection/reconnects-after-a-drop.ts"
import connectionReconnectsMidStream from "./connection/reconnects-mid-stream.ts"
import connectionReconnectsWithARequestWaiting from "./connection/reconnects-with-a-request-waiting.ts"
import connectionReconnectsWithPatience from "./connection/reconnects-with-patience.ts"
import connectionResetMidStream from "./connection/reset-mid-stream.ts"
import connectionResetWhileIdle from "./connection/reset-while-idle.ts"
import connectionResetsTwice from "./connection/resets-twice.ts"
import connectionSessionExpires from "./connection/session-expires.ts"
import connectionSessionExpiresMidStream from "./connection/session-expires-mid-stream.ts"
import errorAliasIsAnUnknownEvent from "./error/alias-is-an-unknown-event.ts"
import errorBinaryFrame from "./error/binary-frame.ts"
import errorComplaintAfterTheEnd from "./error/complaint-after-the-end.ts"
import errorDoneWithoutCreated from "./error/done-without-created.ts"
import errorDoneWithoutCreatedKeepsTheGuard from "./error/done-without-created-keeps-the-guard.ts"
import errorFailedBeforeAnyOutput from "./error/failed-before-any-output.ts"
import errorMalformedFrames from "./error/malformed-frames.ts"
import errorMidFlightFailureEndsTheStream from "./error/mid-flight-failure-ends-the-stream.ts"
import errorMidFlightFailureIsSeen from "./error/mid-flight-failure-is-seen.ts"
import errorMissingMembers from "./error/missing-members.ts"
import errorNamesTheCommit from "./error/names-the-commit.ts"
import errorNamesTheFollowUpOfATool from "./error/names-the-follow-up-of-a-tool.ts"
import errorNamesTheRequest from "./error/names-the-request.ts"
import errorNamesTheRequestIsSeen from "./error/names-the-request-is-seen.ts"
import errorOutOfBandFailureSparesTheReply from "./error/out-of-band-failure-spares-the-reply.ts"
import errorOutOfQuota from "./error/out-of-quota.ts"
import errorOvertakenByASpokenTurn from "./error/overtaken-by-a-spoken-turn.ts"
import errorOvertakenWithoutEventId from "./error/overtaken-without-event-id.ts"
import errorSparesTheOtherRequest from "./error/spares-the-other-request.ts"
import errorSpokenTurnFails from "./error/spoken-turn-fails.ts"
import errorUnrelatedErrorMidStream from "./error/unrelated-error-mid-stream.ts"
import errorWithoutEventId from "./error/without-event-id.ts"
import errorWithoutEventIdIsSeen from "./error/without-event-id-is-seen.ts"
import errorWithoutWords from "./error/without-words.ts"
import interleaveOutOfBandBesideAReply from "./interleave/out-of-band-beside-a-reply.ts"
import interleaveOutOfBandDoneKeepsTheGuard from "./interleave/out-of-band-done-keeps-the-guard.ts"
import interleaveOutOfBandOvertakesTheReply from "./interleave/out-of-band-overtakes-the-reply.ts"
import interleaveSpokenTurnBesideOutOfBand from "./interleave/spoken-turn-beside-out-of-band.ts"
import interleaveSpokenTurnIsNotMyReply from "./interleave/spoken-turn-is-not-my-reply.ts"
import interleaveSpokenTurnsBargeIn from "./interleave/spoken-turns-barge-in.ts"
import interleaveTextDuringASpokenAnswer from "./interleave/text-during-a-spoken-answer.ts"
import interleaveTwoOutOfBandInReverse from "./interleave/two-out-of-band-in-reverse.ts"
import responsesWsAbandonedBeforeItsFirstWord from "./responses-ws/abandoned-before-its-first-word.ts"
import responsesWsAbandonedMidStream from "./responses-ws/abandoned-mid-stream.ts"
import responsesWsBinaryFrame from "./responses-ws/binary-frame.ts"
import responsesWsCallCutOffByALoss from "./responses-ws/call-cut-off-by-a-loss.ts"
import responsesWsCallIsNotInTheEnd from "./responses-ws/call-is-not-in-the-end.ts"
import responsesWsCallRunsAndIsAnswered from "./responses-ws/call-runs-and-is-answered.ts"
import responsesWsCallsOfAFailureAreForgotten from "./responses-ws/calls-of-a-failure-are-forgotten.ts"
import responsesWsClosed1000MidStream from "./responses-ws/closed-1000-mid-stream.ts"
import responsesWsClosed1012IsRecovered from "./responses-ws/closed-1012-is-recovered.ts"
import responsesWsCompletedTwice from "./responses-ws/completed-twice.ts"
import responsesWsCompletedTwiceMidStream from "./responses-ws/completed-twice-mid-stream.ts"
import responsesWsConnectionLimitInFlight from "./responses-ws/connection-limit-in-flight.ts"
import responsesWsConnectionLimitMidStream from "./responses-ws/connection-limit-mid-stream.ts"
import responsesWsConnectionLimitWhileIdle from "./responses-ws/connection-limit-while-idle.ts"
import responsesWsDroppedBeforeTheAnswer from "./responses-ws/dropped-before-the-answer.ts"
import responsesWsDroppedMidStream from "./responses-ws/dropped-mid-stream.ts"
import responsesWsEndWithoutAResponse from "./responses-ws/end-without-a-response.ts"
import responsesWsEndWithoutOutput from "./responses-ws/end-without-output.ts"
import responsesWsErrorBeforeFailed from "./responses-ws/error-before-failed.ts"
import responsesWsErrorFlatMidStream from "./responses-ws/error-flat-mid-stream.ts"
import responsesWsErrorNestedMidStream from "./responses-ws/error-nested-mid-stream.ts"
import responsesWsErrorWithHeaders from "./responses-ws/error-with-headers.ts"
import responsesWsErrorWithoutCode from "./responses-ws/error-without-code.ts"
import responsesWsErrorWithoutStatus from "./responses-ws/error-without-status.ts"
import responsesWsFailedContinuationLosesItsParent from "./responses-ws/failed-continuation-loses-its-parent.ts"
import responsesWsFailedWithoutAResponse from "./responses-ws/failed-without-a-response.ts"
import responsesWsFailureKeepsTheConnection from "./responses-ws/failure-keeps-the-connection.ts"
import responsesWsFilteredIsAnEnd from "./responses-ws/filtered-is-an-end.ts"
import responsesWsForgottenContextIsSentInFull from "./responses-ws/forgotten-context-is-sent-in-full.ts"
import responsesWsHalfOpenMidStream from "./responses-ws/half-open-mid-stream.ts"
import responsesWsIncompleteIsAnEnd from "./responses-ws/incomplete-is-an-end.ts"
import responsesWsIncompleteWithACall from "./responses-ws/incomplete-with-a-call.ts"
import responsesWsLaneFailsAlone from "./responses-ws/lane-fails-alone.ts"
import responsesWsLaneRefusesAndFails from "./responses-ws/lane-refuses-and-fails.ts"
import responsesWsLanesInterleave from "./responses-ws/lanes-interleave.ts"
import responsesWsLostDelta from "./responses-ws/lost-delta.ts"
import responsesWsMalformedFrames from "./responses-ws/malformed-frames.ts"
import responsesWsNeverAnswered from "./responses-ws/never-answered.ts"
import responsesWsNeverContinuesFromAFailure from "./responses-ws/never-continues-from-a-failure.ts"
import responsesWsNewConnectionKnowsNothing from "./responses-ws/new-connection-knows-nothing.ts"
import responsesWsOneLaneInOrder from "./responses-ws/one-lane-in-order.ts"
import responsesWsOneLaneWhileBusy from "./responses-ws/one-lane-while-busy.ts"
import responsesWsRefusalKeepsTheConnection from "./responses-ws/refusal-keeps-the-connection.ts"
import responsesWsRefusedAtTheDoor from "./responses-ws/refused-at-the-door.ts"
import responsesWsRepeatedDelta from "./responses-ws/repeated-delta.ts"
import responsesWsResetWhileIdle from "./responses-ws/reset-while-idle.ts"
import responsesWsSeveralCallsOneRequest from "./responses-ws/several-calls-one-request.ts"
import responsesWsSteeredAtItsEnd from "./responses-ws/steered-at-its-end.ts"
import responsesWsSteeredResponseGoesOn from "./responses-ws/steered-response-goes-on.ts"
import responsesWsSteeringComesTooLate from "./responses-ws/steering-comes-too-late.ts"
import responsesWsSteeringIsGivenBack from "./responses-ws/steering-is-given-back.ts"
import responsesWsSteeringWaitsForTools from "./responses-ws/steering-waits-for-tools.ts"
import responsesWsSuccessorIsNotCreated from "./responses-ws/successor-is-not-created.ts"
import responsesWsTextTurn from "./responses-ws/text-turn.ts"
import responsesWsToolThrows from "./responses-ws/tool-throws.ts"
import responsesWsTwoRequestsInTurn from "./responses-ws/two-requests-in-turn.ts"
import responsesWsVendorEventsArePassedOver from "./responses-ws/vendor-events-are-passed-over.ts"
import responsesWsWarmUpIsContinued from "./responses-ws/warm-up-is-continued.ts"
import sessionBetaIsRetired from "./session/beta-is-retired.ts"
import sessionDoesNotAskForTheBeta from "./session/does-not-ask-for-the-beta.ts"
import sessionRateLimitsAreNoEdge from "./session/rate-limits-are-no-edge.ts"
import sessionRefusedAtTheDoor from "./session/refused-at-the-door.ts"
import sessionRefusedFirstUpdate from "./session/refused-first-update.ts"
import sessionRefusedUpdateIsRejected from "./session/refused-update-is-rejected.ts"
import sessionRefusedUpdateIsSeen from "./session/refused-update-is-seen.ts"
import sessionSecondAttemptAfterARefusal from "./session/second-attempt-after-a-refusal.ts"
import sessionSideband from "./session/sideband.ts"
import sessionUnknownEventsArePassedOver from "./session/unknown-events-are-passed-over.ts"
import sessionUnknownModel from "./session/unknown-model.ts"
import sessionUpdateDuringAReply from "./session/update-during-a-reply.ts"
import sessionUpdatesAreAcknowledgedInOrder from "./session/updates-are-acknowledged-in-order.ts"
import sessionWrongKey from "./session/wrong-key.ts"
import timeoutCancelSparesTheSpokenTurn from "./timeout/cancel-spares-the-spoken-turn.ts"
import timeoutDeferredCreateSurvivesATimeOut from "./timeout/deferred-create-survives-a-time-out.ts"
import timeoutLateCreatedIsNotPlayed from "./timeout/late-created-is-not-played.ts"
import timeoutLateCreatedMeetsTheNextRequest from "./timeout/late-created-meets-the-next-request.ts"
import timeoutLateCreatedThenANewTurn from "./timeout/late-created-then-a-new-turn.ts"
import timeoutLateError from "./timeout/late-error.ts"
import timeoutNeverAnswered from "./timeout/never-answered.ts"
import timeoutPauseInTheStream from "./timeout/pause-in-the-stream.ts"
import timeoutSlowIsNotFailed from "./timeout/slow-is-not-failed.ts"
import toolsBargeInWhileAToolRuns from "./tools/barge-in-while-a-tool-runs.ts"
import toolsCallBegunAfterTheCancel from "./tools/call-begun-after-the-cancel.ts"
import toolsCallBesideAMessage from "./tools/call-beside-a-message.ts"
import toolsCallOfAFailedResponseDoesNotRun from "./tools/call-of-a-failed-response-does-not-run.ts"
import toolsCreateWaitsForASpokenAnswer from "./tools/create-waits-for-a-spoken-answer.ts"
import toolsInterruptedCallDoesNotRun from "./tools/interrupted-call-does-not-run.ts"
import toolsOneCall from "./tools/one-call.ts"
import toolsOutputBeforeDone from "./tools/output-before-done.ts"
import toolsRepeatedItemDone from "./tools/repeated-item-done.ts"
import toolsResultAfterReconnect from "./tools/result-after-reconnect.ts"
import toolsSeveralCallsOneAnswer from "./tools/several-calls-one-answer.ts"
import toolsTextBesideTheFollowUp from "./tools/text-beside-the-follow-up.ts"
import toolsToolThrows from "./tools/tool-throws.ts"
import toolsTwoRounds from "./tools/two-rounds.ts"
import toolsUnreadableArguments from "./tools/unreadable-arguments.ts"
import turnDeferredCreateAndARepeatedDone from "./turn/deferred-create-and-a-repeated-done.ts"
import turnDeferredCreateIsSentOnce from "./turn/deferred-create-is-sent-once.ts"
import turnDeferredCreateSurvivesACancel from "./turn/deferred-create-survives-a-cancel.ts"
import turnDeferredCreateSurvivesAFailure from "./turn/deferred-create-survives-a-failure.ts"
import turnDeferredCreateSurvivesARefusal from "./turn/deferred-create-survives-a-refusal.ts"
import turnDeferredCreateSurvivesAnIncompleteEnd from "./turn/deferred-create-survives-an-incomplete-end.ts"
import turnFilteredStreamEnds from "./turn/filtered-stream-ends.ts"
import turnGreetingAndTextAtOnce from "./turn/greeting-and-text-at-once.ts"
import turnGreetingDuringASpokenAnswer from "./turn/greeting-during-a-spoken-answer.ts"
import turnIncompleteIsAnEnd from "./turn/incomplete-is-an-end.ts"
import turnItemDoneForgetsItsPlace from "./turn/item-done-forgets-its-place.ts"
import turnLostDoneOfAPart from "./turn/lost-done-of-a-part.ts"
import turnSoundRunsAhead from "./turn/sound-runs-ahead.ts"
import turnStreamEndsWithItsResponse from "./turn/stream-ends-with-its-response.ts"
import turnTextDuringAReply from "./turn/text-during-a-reply.ts"
import turnTextOnly from "./turn/text-only.ts"
import turnTextTurn from "./turn/text-turn.ts"
import turnTextTurnSettles from "./turn/text-turn-settles.ts"
import turnThreeTurns from "./turn/three-turns.ts"
import turnTranscriptRunsAhead from "./turn/transcript-runs-ahead.ts"
import turnTwoMessagesInOneResponse from "./turn/two-messages-in-one-response.ts"
import turnTwoTextsAtOnce from "./turn/two-texts-at-once.ts"

export const scenarios: readonly Scenario[] = catalogue([
  // session: What the app hears of the session itself.
  sessionUnknownEventsArePassedOver,
  sessionRateLimitsAreNoEdge,
  sessionUpdatesAreAcknowledgedInOrder,
  sessionUpdateDuringAReply,
  sessionRefusedAtTheDoor,
  sessionRefusedUpdateIsRejected,
  sessionRefusedUpdateIsSeen,
  sessionRefusedFirstUpdate,
  sessionWrongKey,
  sessionUnknownModel,
  sessionBetaIsRetired,
  sessionDoesNotAskForTheBeta,
  sessionSideband,
  sessionSecondAttemptAfterARefusal,

  // turn: Asking and being answered, one after the other.
  turnTextTurn,
  turnTextTurnSettles,
  turnStreamEndsWithItsResponse,
  turnThreeTurns,
  turnTwoTextsAtOnce,
  turnTextDuringAReply,
  turnDeferredCreateIsSentOnce,
  turnDeferredCreateSurvivesAFailure,
  turnIncompleteIsAnEnd,
  turnFilteredStreamEnds,
  turnTwoMessagesInOneResponse,
  turnLostDoneOfAPart,
  turnTextOnly,
  turnItemDoneForgetsItsPlace,
  turnGreetingAndTextAtOnce,
  turnGreetingDuringASpokenAnswer,
  turnDeferredCreateSurvivesACancel,
  turnDeferredCreateSurvivesAnIncompleteEnd,
  turnDeferredCreateSurvivesARefusal,
  turnDeferredCreateAndARepeatedDone,
  turnTranscriptRunsAhead,
  turnSoundRunsAhead,

  // cancel: Stop, in time and too late.
  cancelMidStream,
  cancelCrossesDone,
  cancelNothingToCancel,
  cancelBeforeCreated,
  cancelSettlesWhatItCancels,
  cancelThenAsksAtOnce,
  cancelRedundantAfterBargeIn,
  cancelSecondDoneOfAnOldResponse,
  cancelAliasEventIsNoEnd,
  cancelTruncationBeyondTheEnd,
  cancelStreamsOn,
  cancelTextStreamsOn,
  cancelCompletesAnyway,
  cancelBargeInMeetsTheCancel,
  cancelFailsMeanwhile,
  cancelNextQuestionAfterACancel,
  cancelTruncationMidStream,
  cancelOutOfBandAlone,
  cancelCrossesAFailure,
  cancelCrossesAnIncompleteEnd,

  // timeout: Answers that come late, or never.
  timeoutLateCreatedIsNotPlayed,
  timeoutLateCreatedThenANewTurn,
  timeoutCancelSparesTheSpokenTurn,
  timeoutNeverAnswered,
  timeoutSlowIsNotFailed,
  timeoutPauseInTheStream,
  timeoutLateError,
  timeoutLateCreatedMeetsTheNextRequest,
  timeoutDeferredCreateSurvivesATimeOut,

  // error: Refusals, failures and things that cannot be read.
  errorNamesTheRequest,
  errorNamesTheRequestIsSeen,
  errorWithoutEventId,
  errorWithoutEventIdIsSeen,
  errorSparesTheOtherRequest,
  errorOvertakenByASpokenTurn,
  errorOvertakenWithoutEventId,
  errorComplaintAfterTheEnd,
  errorMidFlightFailureIsSeen,
  errorMidFlightFailureEndsTheStream,
  errorFailedBeforeAnyOutput,
  errorOutOfQuota,
  errorUnrelatedErrorMidStream,
  errorWithoutWords,
  errorAliasIsAnUnknownEvent,
  errorDoneWithoutCreated,
  errorDoneWithoutCreatedKeepsTheGuard,
  errorMalformedFrames,
  errorBinaryFrame,
  errorMissingMembers,
  errorNamesTheCommit,
  errorNamesTheFollowUpOfATool,
  errorSpokenTurnFails,
  errorOutOfBandFailureSparesTheReply,

  // interleave: Several responses on one wire.
  interleaveOutOfBandBesideAReply,
  interleaveOutOfBandDoneKeepsTheGuard,
  interleaveSpokenTurnBesideOutOfBand,
  interleaveTwoOutOfBandInReverse,
  interleaveSpokenTurnIsNotMyReply,
  interleaveSpokenTurnsBargeIn,
  interleaveTextDuringASpokenAnswer,
  interleaveOutOfBandOvertakesTheReply,

  // connection: The line breaks, or is hung up.
  connectionDroppedBeforeCreated,
  connectionDroppedMidStream,
  connectionResetMidStream,
  connectionResetWhileIdle,
  connectionClosed1000MidStream,
  connectionClosed1000BeforeCreated,
  connectionClosed1011BeforeCreated,
  connectionClosed1001IsRecovered,
  connectionSessionExpires,
  connectionSessionExpiresMidStream,
  connectionHalfOpen,
  connectionReconnectsAfterADrop,
  connectionReconnectsWithPatience,
  connectionResetsTwice,
  connectionDeferredCreateDiesWithItsConnection,
  connectionClosedByTheAppWhileWaiting,
  connectionLateFramesAfterClose,
  connectionClosedTwice,
  connectionDroppedBeforeTheFirstWord,
  connectionReconnectsWithARequestWaiting,
  connectionReconnectsMidStream,
  connectionClosed1012MidStream,
  connectionClosed1013IsRecovered,
  connectionHalfOpenMidStream,
  connectionDroppedWithAnUpdateWaiting,
  connectionClosedWhileAToolRuns,
  connectionReconnectIsTurnedAway,

  // tools: The model calls the app.
  toolsOneCall,
  toolsOutputBeforeDone,
  toolsSeveralCallsOneAnswer,
  toolsInterruptedCallDoesNotRun,
  toolsCallOfAFailedResponseDoesNotRun,
  toolsCallBesideAMessage,
  toolsBargeInWhileAToolRuns,
  toolsCreateWaitsForASpokenAnswer,
  toolsResultAfterReconnect,
  toolsToolThrows,
  toolsRepeatedItemDone,
  toolsCallBegunAfterTheCancel,
  toolsTextBesideTheFollowUp,
  toolsTwoRounds,
  toolsUnreadableArguments,

  // audio: Spoken turns.
  audioSpokenTurn,
  audioCommittedTurn,
  audioCommittedDuringAReply,
  audioCommitAfterTheServerCommitted,
  audioTranscriptAfterTheReply,
  audioTranscriptBeforeTheItem,
  audioTranscriptionFails,
  audioCommittedWhileSpeaking,
  audioNobodySpoke,
  audioMicrophoneStaysOpen,
  audioCommittedBeforeAnAnswer,
  audioCommittedTurnWaitsItsTurn,

  // responses-ws: Responses over WebSocket.
  responsesWsTextTurn,
  responsesWsWarmUpIsContinued,
  responsesWsTwoRequestsInTurn,
  responsesWsIncompleteIsAnEnd,
  responsesWsFilteredIsAnEnd,
  responsesWsIncompleteWithACall,
  responsesWsEndWithoutOutput,
  responsesWsErrorBeforeFailed,
  responsesWsNeverContinuesFromAFailure,
  responsesWsForgottenContextIsSentInFull,
  responsesWsConnectionLimitInFlight,
  responsesWsConnectionLimitWhileIdle,
  responsesWsDroppedMidStream,
  responsesWsErrorWithoutCode,
  responsesWsErrorWithoutStatus,
  responsesWsErrorFlatMidStream,
  responsesWsErrorNestedMidStream,
  responsesWsErrorWithHeaders,
  responsesWsNeverAnswered,
  responsesWsRefusalKeepsTheConnection,
  responsesWsFailureKeepsTheConnection,
  responsesWsFailedWithoutAResponse,
  responsesWsCompletedTwice,
  responsesWsCompletedTwiceMidStream,
  responsesWsLanesInterleave,
  responsesWsLaneFailsAlone,
  responsesWsOneLaneInOrder,
  responsesWsOneLaneWhileBusy,
  responsesWsLaneRefusesAndFails,
  responsesWsSteeredResponseGoesOn,
  responsesWsSteeredAtItsEnd,
  responsesWsSteeringComesTooLate,
  responsesWsSteeringIsGivenBack,
  responsesWsSuccessorIsNotCreated,
  responsesWsSteeringWaitsForTools,
  responsesWsVendorEventsArePassedOver,
  responsesWsAbandonedMidStream,
  responsesWsAbandonedBeforeItsFirstWord,
  responsesWsLostDelta,
  responsesWsRepeatedDelta,
  responsesWsCallCutOffByALoss,
  responsesWsCallRunsAndIsAnswered,
  responsesWsSeveralCallsOneRequest,
  responsesWsCallIsNotInTheEnd,
  responsesWsToolThrows,
  responsesWsCallsOfAFailureAreForgotten,
  responsesWsFailedContinuationLosesItsParent,
  responsesWsNewConnectionKnowsNothing,
  responsesWsDroppedBeforeTheAnswer,
  responsesWsConnectionLimitMidStream,
  responsesWsClosed1000MidStream,
  responsesWsClosed1012IsRecovered,
  responsesWsHalfOpenMidStream,
  responsesWsMalformedFrames,
  responsesWsEndWithoutAResponse,
  responsesWsBinaryFrame,
  responsesWsRefusedAtTheDoor,
  responsesWsResetWhileIdle,
])
