export {
  defineDesk,
  type AgentDefinition,
  type CallContext,
  type Desk,
  type DeskData,
  type DeskTool,
  type MessageSender,
  type TurnDetection,
} from './definition.ts';
