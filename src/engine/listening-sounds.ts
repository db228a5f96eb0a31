/** Sounds and words with which a listener says that they are listening: nobody adds to them. */
const listening =
  /^(?:(?:m+|m+-?h+m+|h+m+|u+h+|uh-?huh|huh|ah+|oh+|a-?ha|yeah|yep|yup|yes|okay|ok|right|sure|all right|alright|i see|got it|good|great|fine|cool|lovely|ha)(?: |$))+$/;

/** @param words lower case, as ears give them. @returns whether they only mean "go on". */
export const isListening = (words: string): boolean => listening.test(words.trim());
