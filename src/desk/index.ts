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
export {
  checkDesk,
  endCallToolName,
  reachableAgents,
  toolNames,
  transferToolName,
} from './check.ts';
export { deskDiagram } from './diagram.ts';
export { promptFile } from './prompt-file.ts';
export { findDesks, loadDesk, openDesks, type DeskRegistry } from './registry.ts';
