export { attempts } from './attempts.ts';
export { businessHours } from './business-hours.ts';
export { gate } from './custom.ts';
export { hopBudget } from './hop-budget.ts';
export { identityVerified } from './identity-verified.ts';
export { noPingPong, type NoPingPongOptions } from './no-ping-pong.ts';
export { slotsFilled } from './slots-filled.ts';
