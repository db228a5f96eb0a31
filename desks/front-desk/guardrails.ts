import { forbidWords, onlyKnownPrices, type OutputGuardrail } from '../../src/desk/index.ts';

/** What no agent of this desk may say, whatever its model comes up with. */
export const guardrails: readonly OutputGuardrail[] = [
  forbidWords(
    'no_refund_promises',
    [
      /\byou(?:'ll| will)(?: definitely| certainly| surely)? (?:get|receive|have) (?:your money|(?:a|the|your)(?: full)? refund)\b/i,
      /\bwe(?:'ll| will)(?: definitely| certainly| surely)? (?:refund|reimburse|pay you back)\b/i,
      /\brefund (?:is|was|has been|will be) (?:approved|granted|guaranteed|paid)\b/i,
      /\b(?:guarantee|promise)(?: you)?(?: a| the| your)?(?: full)? refund\b/i,
    ],
    'I cannot promise that. The team decides about refunds within five working days.',
  ),
  forbidWords(
    'no_medical_advice',
    [
      /\b(?:take|try|use)(?: some| an?)? (?:ibuprofen|paracetamol|acetaminophen|aspirin|painkillers?|antibiotics?)\b/i,
      /\byou(?: probably| may| might| must)? have an? (?:infection|abscess|cavity|inflammation)\b/i,
      /\b(?:it|that) (?:is|sounds like|could be|must be) an? (?:infection|abscess|cavity|inflammation)\b/i,
    ],
    'I cannot give medical advice. The dentist can tell you more at an appointment.',
  ),
  onlyKnownPrices('Let me not guess at an amount. I can look it up by the invoice number.'),
];
