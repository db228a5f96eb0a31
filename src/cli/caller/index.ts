export {
  placeCall,
  type CallerTurn,
  type PlaceCallOptions,
  type PlacedCall,
} from './place-call.ts';
export { readSpokenTurn, speakTurn } from './spoken-turn.ts';
