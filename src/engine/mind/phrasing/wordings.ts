/** Wordings of what is said again and again; the first one is said first. */
export const moreWordings = [
  'Is there anything else?',
  'Can I help with anything else?',
  'What else can I do for you?',
  'Anything else for you?',
];
export const inviteWordings = [
  'What can I do for you?',
  'How can I help you?',
  'Please tell me what you need.',
  'What is it about?',
];
export const unclearWordings = [
  "Sorry, I didn't catch that.",
  'Could you say that again, please?',
  "I'm sorry, I could not hear you well.",
  'Once more, please.',
  'That was hard to hear. Please try again.',
  'I could not make that out.',
];
export const whichWordings = [
  'Which would you like?',
  'Which one suits you?',
  'Which one shall I take?',
  'Please pick one.',
];
export const beyondWordings = [
  "I'm sorry, I can't help with that.",
  "I'm afraid that is beyond what I can do.",
  'Sorry, that is nothing I can do.',
];
export const unknownWordings = [
  "I'm sorry, I don't know that.",
  "I'm afraid I can't answer that.",
  'Sorry, I have no answer to that.',
];
export const sootheWordings = [
  "I'm sorry about that.",
  "I'm sorry this is not going well.",
  'I understand, and I am sorry.',
];
export const backWordings = ['Of course, one moment.', 'Sure, back we go.', 'Gladly. One moment.'];
export const resumeWordings = ["Let's go on.", 'So, where we were.', 'Back to your matter.'];
export const besidesWordings = [
  'Now to the other matter.',
  'And now the rest.',
  'Next, what else you asked for.',
];
export const privateWordings = [
  "I'm sorry, I can't tell you that.",
  "That is something I can't read out.",
  "I'm afraid that stays with me.",
];
export const stillWordings = [
  'That is still not possible, I am afraid.',
  "I'm sorry, it is the same as before.",
  'Nothing has changed about that, unfortunately.',
];
export const yesOrNoWordings = [
  'Please say yes or no.',
  'Is that a yes or a no?',
  'Yes or no, please?',
];

/** An answer that has been given twice already. */
export const sameWordings: readonly string[] = [
  'That is all I can tell you about it.',
  'I know no more about that.',
  'As I said, I know nothing else about it.',
];
