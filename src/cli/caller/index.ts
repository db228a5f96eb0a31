export {
  placeCall,
  type CallerTurn,
  type ListeningCaller,
  type PlaceCallOptions,
  type PlacedCall,
} from './place-call.ts';
export { readSpokenTurn, speakTurn } from './spoken-turn.ts';
