export {
  type AgentDefinition,
  defineDesk,
  type Desk,
  type DeskData,
  type ByWords,
  type TurnDetection,
} from './definition.ts';
export type {
  CallContext,
  CallStateKey,
  CallStateStore,
  Customer,
  KeysRequest,
  KeysResult,
  MessageKind,
  MessageSender,
  Note,
  VerificationClaim,
  VerificationResult,
} from './call-context.ts';
export { callState } from './call-state.ts';
export { checkDesk, lintDesk } from './check.ts';
export { type RefusalCode, refusalCodes } from './codes.ts';
export type { Consult } from './consult.ts';
export { doNotCallTool } from './do-not-call-tool.ts';
export { deskDiagram } from './diagram.ts';
export { type DeskGraph, deskGraph, type GraphEdge, type GraphNode } from './graph.ts';
export {
  type Edge,
  edgesOf,
  endCallToolName,
  goBackToolName,
  labelOf,
  limitsOf,
  plainPacket,
  transferToolName,
} from './edges.ts';
export {
  allow,
  type Gate,
  type GateCall,
  type GateDecision,
  type GateRequest,
  type HandoffBy,
  type Hop,
  type Refusal,
  refuse,
} from './gate.ts';
export {
  type Finding,
  type FindingCode,
  findingCodes,
  findingLine,
  type FindingSeverity,
} from './finding.ts';
export { deskFromAgents, type DeskFromAgentsOptions } from './from-agents.ts';
export {
  attempts,
  businessHours,
  gate,
  hopBudget,
  identityVerified,
  noPingPong,
  type NoPingPongOptions,
  slotsFilled,
} from './gates/index.ts';
export { importDesk, loadDesk, type LoadDeskOptions } from './load-desk.ts';
export type { OutputGuardrail, SaidBy } from './guardrail.ts';
export { forbidWords, onlyKnownPrices } from './guardrails.ts';
export type { ContextRule, Handoff, PacketSchema } from './handoff.ts';
export { closedSentence, isOpen, neverOpens, nextOpening, openingWords } from './hours.ts';
export { defaultLimits, type DeskLimits } from './limits.ts';
export { leaveMessageToolName, requestCallbackToolName, runtimeToolsOf } from './note-tools.ts';
export type { BusinessHours, ClockTime, PeopleQueue, Weekday, WeekHours } from './people.ts';
export { promptFile, type PromptValues } from './prompt-file.ts';
export { reachableAgents } from './reach.ts';
export { findDesks, openDesks, type DeskRegistry, type OpenDesksOptions } from './registry.ts';
export {
  type ConfirmOutcome,
  type DeskTool,
  deskTool,
  policyOf,
  type ToolCall,
  type ToolPolicy,
  type ToolRunInfo,
  withPolicy,
} from './tool.ts';
export { readInput } from './tool-input.ts';
export { consultToolName, toolNames } from './tool-names.ts';
export { verificationAnswer, type VerificationSentences } from './verify-answer.ts';
export { verifyByBirthDate, type VerifyByBirthDateOptions } from './verify-by-birth-date.ts';
export { verifyByCode, type VerifyByCodeOptions } from './verify-by-code.ts';
