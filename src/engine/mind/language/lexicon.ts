/**
 * A small general lexicon of spoken service English. Words of any one business do not belong here:
 * those come from the tools and the instructions of the session.
 */

/** Words that mean nearly the same when people ask for something. The key names the concept. */
export const concepts: Readonly<Record<string, readonly string[]>> = {
  arrange: [
    ...['book', 'make', 'arrange', 'reserve', 'schedule', 'plan', 'organise', 'organize'],
    ...['reservation', 'booking'],
  ],
  cancel: [
    ...['cancel', 'drop', 'scrap', 'withdraw', 'delete', 'remove', 'annul', 'abandon'],
    ...['quit', 'terminate', 'termination', 'discontinue', 'unsubscribe', 'cancellation'],
  ],
  change: [
    ...['change', 'move', 'reschedule', 'shift', 'postpone', 'rebook', 'alter', 'amend'],
    ...['switch', 'swap', 'modify', 'update', 'edit', 'delay', 'correct'],
  ],
  extend: ['extend', 'extension', 'renew', 'renewal', 'prolong'],
  pause: ['pause', 'suspend', 'suspension', 'freeze'],
  join: ['join', 'enrol', 'enroll', 'register', 'registration', 'subscribe', 'signup'],
  pay: ['pay', 'settle', 'paid', 'paying', 'payment'],
  owed: ['owe', 'owed', 'owing', 'debt', 'balance', 'fines', 'arrears'],
  cost: ['cost', 'price', 'fee', 'charge', 'rate', 'expensive', 'tariff'],
  estimate: ['quote', 'quotation', 'estimate'],
  find: [
    ...['find', 'lookup', 'search', 'check', 'see', 'show', 'view', 'read', 'get'],
    ...['list', 'status', 'question', 'information', 'info', 'detail', 'enquiry', 'query', 'know'],
  ],
  return: ['return', 'reimburse', 'reimbursement'],
  send: ['send', 'forward', 'text', 'message', 'mail', 'email'],
  buy: ['buy', 'purchase', 'order'],
  trouble: [
    ...['problem', 'issue', 'trouble', 'fault', 'faulty', 'broken', 'broke', 'wrong', 'defect'],
    ...['defective', 'error', 'mistake', 'failure', 'malfunction', 'stuck', 'breakdown'],
  ],
  complain: [
    ...['complaint', 'complain', 'unhappy', 'dissatisfied', 'unacceptable', 'disappointed', 'rude'],
    ...['terrible', 'awful', 'disgusting', 'furious', 'angry'],
  ],
  lost: ['lost', 'lose', 'losing', 'stolen', 'stole', 'steal', 'missing', 'misplaced', 'mislaid'],
  danger: ['emergency', 'urgent', 'urgently', 'accident', 'danger', 'dangerous', 'injured'],
  repair: ['repair', 'fix', 'mend'],
  install: ['install', 'installation', 'installed', 'fitted', 'fitting'],
  visit: ['visit', 'meeting', 'tour'],
  person: ['person', 'human', 'someone', 'somebody', 'operator', 'representative'],
  time: ['time', 'hour'],
  free: ['free', 'available', 'availability', 'vacant', 'open', 'opening'],
  car: ['car', 'vehicle', 'auto', 'automobile'],
  home: ['home', 'house', 'flat', 'apartment', 'property'],
};

/** Concepts of things and of questions: none of them says what is to be done. */
export const thingConcepts: ReadonlySet<string> = new Set(
  'find owed cost time free car home person'.split(' '),
);

/** What people ask to have done, in one word: alone, none of these is anybody's name. */
export const wishVerbs: ReadonlySet<string> = new Set(
  ['arrange', 'cancel', 'change', 'pay', 'find', 'return', 'send', 'buy', 'repair'].flatMap(
    (concept) => concepts[concept] ?? [],
  ),
);

/** Idioms of several words, and the one word that stands for them. */
export const idioms: readonly (readonly [RegExp, string])[] = [
  [/^high (?=(?:i|i'm|i'd|i've|there|can|could|is|do)\b)/, ''],
  [/\b(?:an? )?member of (?:the |our |your )?(?:staff|team)\b/g, 'person'],
  [
    /\b(?:take|cross|strike) (?:\S+ ){1,3}?(?:out of|off) (?:the |your )?(?:book|books|list|diary|calendar)\b/g,
    'cancel',
  ],
  [
    /\b(?:hang|hold) on to\b|\b(?:for another (?:\w+ )?|another (?:two|three|four|five|six|ten|few|couple of) )(?:days?|weeks?|fortnight|months?)\b/g,
    'extend ',
  ],
  [/\brun(?:ning)? (?:out of|low on) (?!time\b)/g, 'order '],
  [
    /\b(?:get|have|need|want|order) (?:some |any |a few |a couple of )?more (?!than\b|time\b|info|detail|help\b|of an?\b)/g,
    'order ',
  ],
  [/\b(?:get|have|need|want|order) (?:some |a few )more$/g, 'order '],
  [
    /\bwhat(?:'s| is) (?:going on|happening)\b|\bany news\b|\bwhere(?:'s| is| are|'ve you got) (?=(?:my|our)\b)/g,
    'status ',
  ],
  [/\bcall(?:ed|ing)? off\b/g, 'cancel'],
  [/\bcheck(?: |-)?ups?\b/g, 'checkup'],
  [/\bcall(?: out|-outs?)\b/g, 'callout'],
  [/\bget rid of\b/g, 'cancel'],
  [
    /\b(?:don't|do not|no longer) (?:need|want) (?:(?:you )?to (?:send|come)(?: out| round)?\b(?: (?:anybody|anyone|somebody|someone|him|her|them))?|(?:him|her|them|it|that)\b(?: any ?more)?)/g,
    'cancel ',
  ],
  [/\b(?:put|keep) (?:\S+ ){1,6}?by for (?:me|us)\b/g, 'reserve '],
  [/\blook(?:ing|ed)? up\b/g, 'lookup'],
  [/\bset(?:ting)? up\b/g, 'arrange'],
  [/\b(?:call|ring|phone) (?:me|us)(?: back)?\b|\bcall back\b/g, 'callback'],
  [/\bput off\b/g, 'postpone'],
  [/\b(?:bring|push|move) (?:it |that )?(?:forward|back)\b/g, 'reschedule'],
  [
    /\b(?:can't|cannot|can not|(?:won't|not) be able to|unable to) (?:make|attend|keep|come|be there)\b/g,
    'cancel',
  ],
  [/\b(?:come|coming) in\b(?! (?:the|a|an|my)\b)|\bbe seen\b/g, 'visit'],
  [
    /\b(?:have|has|take) a (?:quick )?look at (?=(?:it|him|her|them|me|us|this|that)\b)|\blook at (?=(?:him|her|them|me|us)\b)|\bhave a (?:quick )?look$/g,
    'visit ',
  ],
  [/\bmake (?:it|that)\b|\b(?:will|do|did|should) (?:i|we) get\b/g, ' '],
  [
    /\bmak(?:e|ing) (?:an? |the |my |some )?(?=(?:complaint|payment|claim|change|call|mistake))/g,
    ' ',
  ],
  [/\bbr(?:ea|o)k(?:e|en|ing|s)? ?down\b/g, 'breakdown'],
  [/\bmoney back\b/g, 'reimburse'],
  [/\bleave (?:the|my|our|a) (?=(?:car|van|bike|bicycle)\b)/g, 'park '],
  [/\bsign(?:ed|ing)? (?:me |us )?up\b|\bbecome (?:a |an )?(?=member)/g, 'join '],
  [/\b(?:put|set) (?:\S+ ){0,3}?aside\b|\bsave (?:me |us )?(?:a|one|some)\b/g, 'reserve '],
  [/\b(?:put|place|keep) (?:\S+ ){0,3}?on hold\b/g, 'pause '],
  [
    /\b(?:out of order|not working|(?:does not|doesn't|do not|don't|won't|will not|didn't|isn't|stopped) (?:work|working|turn(?:ing)? on|switch(?:ing)? on|start(?:ing)?))\b/g,
    'broken',
  ],
  [
    /\b(?:not|isn't|aren't|wasn't|weren't) (?:very |at all |really )?(?:happy|satisfied|pleased)\b/g,
    'unhappy',
  ],
  [/\b(?:keep|have|stay) (?:\S+ ){0,3}?(?:for )?longer\b|\bmore time\b/g, 'extend '],
  [/\b(?:end|close|get out of|stop) (?:my|our) (?=\S+)/g, 'cancel '],
  [/\bhow much\b/g, 'cost'],
  [/\bfind out\b/g, 'find'],
  [/\bdifferent (?:day|time|date)\b/g, 'reschedule'],
  [/\banother (?:day|time|date) instead\b/g, 'reschedule'],
];

/** Words that carry no matter: grammar, politeness and the frame of a request. */
export const stopWords: ReadonlySet<string> = new Set(
  `a an the this that these those it its it's that's there there's here i i'd i'm i've i'll im me my mine myself
  you you'd you're you've your yours we we'd we're we've our ours us they them their he she his her him
  is are was were be been being am do does did don't doesn't didn't have has had having can can't could
  couldn't would wouldn't will won't shall should may might must to of in on at by for from with about
  into onto over under as and or but if then than so not no nor yes yeah yep ok okay please thanks thank
  hi hello hey good morning afternoon evening like want wanted need needed needs wish wanna gonna going go
  just really actually also too very some any one ones something anything thing things let let's lets
  well um uh er ah oh hmm hm mm erm sorry excuse pardon now again still maybe perhaps possible possibly
  what which who whom whose why how where when what's how's who's help ask asking asked tell told talk speak
  say said call calling caller called give given take took put got come came back up out off down
  able try trying mean meant think guess wonder wondering hope looking look quick kind because since
  yours next last other another today tomorrow each every all both more most much many few little
  sure right alright fine great lovely brilliant perfect cheers bye goodbye
  such only own same second anywhere somewhere everywhere while during before after until guys guy folks lads
  saying says comes know knows lot kind sort way thought wondered bit earlier later`.split(/\s+/),
);

/** Noises and hesitations: alone they are no answer. */
export const fillers: ReadonlySet<string> = new Set(
  `um uh er erm ah eh oh hmm hm mm mmm mhm huh uhm the a and so well like but or i it to of of
  in is that you know`.split(/\s+/),
);

/** Names of letters as a recogniser spells them, and the spelling alphabet. */
export const letterNames: Readonly<Record<string, string>> = {
  ...{ ay: 'a', bee: 'b', cee: 'c', see: 'c', sea: 'c', dee: 'd', ee: 'e', ef: 'f', eff: 'f' },
  ...{ gee: 'g', jee: 'g', aitch: 'h', eye: 'i', jay: 'j', kay: 'k', el: 'l', ell: 'l', em: 'm' },
  ...{ en: 'n', pee: 'p', pea: 'p', cue: 'q', queue: 'q', are: 'r', ar: 'r', ess: 's', tee: 't' },
  ...{ tea: 't', vee: 'v', ex: 'x', why: 'y', zee: 'z', zed: 'z', yu: 'u' },
  ...{ alpha: 'a', bravo: 'b', charlie: 'c', delta: 'd', echo: 'e', foxtrot: 'f', golf: 'g' },
  ...{ hotel: 'h', india: 'i', juliet: 'j', kilo: 'k', lima: 'l', mike: 'm', november: 'n' },
  ...{ oscar: 'o', papa: 'p', quebec: 'q', romeo: 'r', sierra: 's', tango: 't', uniform: 'u' },
  ...{ victor: 'v', whiskey: 'w', yankee: 'y', zulu: 'z' },
};

/** Words a recogniser writes for a digit, believed only among other digits. */
export const digitSoundAlikes: Readonly<Record<string, string>> = {
  ...{
    to: '2',
    too: '2',
    for: '4',
    fore: '4',
    won: '1',
    ate: '8',
    free: '3',
    tree: '3',
    fife: '5',
  },
  ...{ niner: '9', sex: '6', sicks: '6', sics: '6', hate: '8', tune: '2', fire: '5' },
};
