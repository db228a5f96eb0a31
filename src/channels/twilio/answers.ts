import { askAgainSeconds, excuseFor } from '../../carrier/index.ts';
import { loadTwilio } from './client.ts';
import { twilioPaths, type TwilioUrls } from './urls.ts';

/** How long somebody who was rung may think about it. */
const pressWithinSeconds = 10;

/** How long a caller may think about being recorded. */
const answerWithinSeconds = 5;

/** What we want to be asked with again. */
type Query = Readonly<Record<string, string>>;

/** TwiML for each thing that Twilio may be told to do. */
export interface TwilioAnswers {
  /** Audio both ways over a media stream; when it ends, for whatever reason, we are asked again. */
  connect(token: string, query: Query): string;
  /** We are asked again in a moment. */
  wait(query: Query): string;
  hangUp(): string;
  excuse(code: string): string;
  /** Asks whether the call may be recorded; we are told the answer, or that there was none. */
  consent(question: string, query: Query): string;
  /** To somebody whom a caller is offered to: what it is about, and which key takes them. */
  whisper(offerId: string, briefing: string): string;
  /** To somebody who took a caller who waits no more. */
  gone(): string;
  /** Brings caller and person together; who is left when the other hangs up goes on, or hangs up. */
  join(offerId: string, who: 'caller' | 'person'): string;
  /** To a caller who waits for a person who will not come: asks us what follows. */
  comeBack(): string;
}

/** @returns answers by the `twilio` package's own TwiML. */
export async function loadAnswers(urls: TwilioUrls): Promise<TwilioAnswers> {
  const { twiml } = await loadTwilio();
  const askAgain = { method: 'POST' } as const;
  const next = (query: Query = {}): string => urls.at(twilioPaths.next, query);
  return {
    connect(token, query) {
      const response = new twiml.VoiceResponse();
      response.connect().stream({ url: urls.media }).parameter({ name: 'token', value: token });
      response.redirect(askAgain, next(query));
      return response.toString();
    },
    wait(query) {
      const response = new twiml.VoiceResponse();
      response.pause({ length: askAgainSeconds });
      response.redirect(askAgain, next(query));
      return response.toString();
    },
    hangUp() {
      const response = new twiml.VoiceResponse();
      response.hangup();
      return response.toString();
    },
    excuse(code) {
      const response = new twiml.VoiceResponse();
      response.say(excuseFor(code));
      response.hangup();
      return response.toString();
    },
    consent(question, query) {
      const response = new twiml.VoiceResponse();
      const action = urls.at(twilioPaths.consent, query);
      const keysOrWords: ('dtmf' | 'speech')[] = ['dtmf', 'speech'];
      response
        .gather({
          ...{ input: keysOrWords, numDigits: 1, timeout: answerWithinSeconds, hints: 'yes, no' },
          ...{ action, method: 'POST' },
        })
        .say(question);
      response.redirect(askAgain, action); // no answer is a no
      return response.toString();
    },
    whisper(offerId, briefing) {
      const response = new twiml.VoiceResponse();
      const action = urls.at(twilioPaths.answer, { offer: offerId });
      response
        .gather({ numDigits: 1, timeout: pressWithinSeconds, action, method: 'POST' })
        .say(
          `A caller for you. ${briefing} Press 1 to take the call, or any other key to decline.`,
        );
      response.hangup();
      return response.toString();
    },
    gone() {
      const response = new twiml.VoiceResponse();
      response.say('The caller is not waiting any more. Goodbye.');
      response.hangup();
      return response.toString();
    },
    join(offerId, who) {
      const response = new twiml.VoiceResponse();
      response.dial().conference({ beep: 'false', endConferenceOnExit: true }, offerId);
      if (who === 'caller') response.redirect(askAgain, next());
      else response.hangup();
      return response.toString();
    },
    comeBack() {
      const response = new twiml.VoiceResponse();
      response.redirect(askAgain, next());
      return response.toString();
    },
  };
}
