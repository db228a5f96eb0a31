import { casesOn, type DialogueCase } from './dialogue-case.ts';
import { gym } from './gym.ts';
import { plumber } from './plumber.ts';
import { vet } from './vet.ts';

const atVet = casesOn(vet, ' (vet)');
const atPlumber = casesOn(plumber, ' (plumber)');
const atGym = casesOn(gym, ' (gym)');

/** Dialogues on three desks that share no word with the others. */
export const tradesCases: readonly DialogueCase[] = [
  atVet('said along the way, chosen, changed after the read-back', [
    {
      caller: 'hi my dog is limping can i bring him in on thursday',
      calls: [['find_visits', { day: '2026-11-26', kind: 'check_up' }]],
      says: /9:20.*11:40.*4:10 PM/,
    },
    { caller: 'the later one please', calls: [], says: /animal's name/ },
    { caller: 'his name is biscuit', calls: [], says: /your full name/ },
    { caller: 'tara quinn', calls: [], says: /mobile number/ },
    { caller: 'oh seven seven double oh nine oh oh one two three', calls: [], says: /never/ },
    {
      caller: 'no he has been before',
      calls: [
        [
          'book_visit',
          {
            ...{ visit_id: 'v2-2026-11-26', pet_name: 'Biscuit', species: 'dog' },
            ...{ owner_name: 'Tara Quinn', phone: '07700900123', new_patient: false },
          },
        ],
      ],
      says: /^Shall I book Biscuit/,
    },
    {
      caller: 'actually make it the first one',
      calls: [['book_visit', { visit_id: 'v0-2026-11-26', pet_name: 'Biscuit' }]],
      says: /^Shall I book Biscuit/,
    },
    { caller: 'yes', calls: ['book_visit'], says: /MV-4711/ },
  ]),
  atVet('bounds narrow a list', [
    {
      caller: 'i need a booster for my cat misty next wednesday',
      calls: [['find_visits', { day: '2026-12-02', kind: 'vaccination' }]],
    },
    { caller: 'anything after eleven', calls: [], says: /11:40 and .*4:10 PM/, neverSays: /9:20/ },
    { caller: 'the earlier', calls: [], says: /animal's name/ },
  ]),
  atVet('none of them, another day, by a name', [
    {
      caller: 'i want to bring my rabbit in for a check up on saturday',
      calls: ['find_visits'],
      says: /no visits/,
    },
    { caller: 'monday then', calls: [['find_visits', { day: '2026-11-30' }]] },
    { caller: 'neither', calls: [], says: /What day/ },
    { caller: 'tuesday', calls: [['find_visits', { day: '2026-11-24' }]] },
    { caller: 'the one with doctor silva', calls: [], says: /animal's name/ },
  ]),
  atVet('a code put right while it is read back', [
    { caller: 'i want to cancel my visit', calls: [], says: /reference/ },
    { caller: 'm v one two three five', calls: [], says: /MV-1235.*right\?/ },
    { caller: 'sorry m v one two three four', calls: [], says: /MV-1234.*right\?/ },
    {
      caller: 'yes please',
      calls: [['cancel_visit', { reference: 'MV-1234' }]],
      says: /cancelled/,
    },
  ]),
  atPlumber('everything in one breath', [
    {
      caller:
        'my toilet is blocked and i live at forty five station lane b s eight four d p it can wait a few hours',
      calls: [],
      says: /number to call back/,
    },
    {
      caller: 'oh one two one four nine six oh one two three',
      calls: [
        [
          'report_problem',
          {
            ...{ problem: 'my toilet is blocked', address: '45 Station Lane' },
            ...{ postcode: 'BS8 4DP', phone: '01214960123' },
          },
        ],
      ],
      says: /5521/,
    },
  ]),
  atPlumber('two matters, the second one without being asked again', [
    {
      caller:
        'i need to move job five five two one to friday at half past two and then i want to pay a bill',
      calls: [['move_job', { job_number: '5521', new_start: '2026-11-27T14:30:00+00:00' }]],
    },
    { caller: 'yes', calls: ['move_job'], says: /is moved to Friday.*amount/ },
    { caller: 'sixty pounds', calls: [['pay_bill', { amount: 60 }]], says: /60 pounds/ },
    { caller: 'no fifty', calls: [['pay_bill', { amount: 50 }]], says: /50 pounds/ },
    {
      caller: 'yes go ahead',
      calls: [['pay_bill', { job_number: '5521', amount: 50 }]],
      says: /paid/,
    },
  ]),
  atPlumber('what was lacking is found, a moment comes in parts and is put right', [
    { caller: 'can you move my job', calls: [], says: /job number/ },
    { caller: 'i do not have the number', calls: [], says: /without the job number/ },
    { caller: 'ok i found it it is one two three four', calls: [], says: /day and time/ },
    { caller: 'tomorrow', calls: [], says: /both the day and the time/ },
    { caller: 'first thing', calls: [['move_job', { new_start: '2026-11-24T09:00:00+00:00' }]] },
    { caller: 'no make it ten', calls: [['move_job', { new_start: '2026-11-24T10:00:00+00:00' }]] },
    { caller: 'no', calls: [], says: /leave that/ },
    { caller: 'no sorry i meant yes', calls: ['move_job'], says: /Shall I move/ },
    { caller: 'yes', calls: [['move_job', { job_number: '1234' }]], says: /moved/ },
  ]),
  atPlumber('the cheaper of two', [
    { caller: 'how much would it be to put in a new bathroom', calls: [], says: /how many rooms/ },
    {
      caller: 'just one',
      calls: [['get_quote', { work: 'new_bathroom', rooms: 1 }]],
      says: /£900/,
    },
    { caller: 'the cheaper one', calls: [], says: /name/ },
    { caller: 'kim basinger', calls: [['accept_quote', { quote_id: 'q1', name: 'Kim Basinger' }]] },
  ]),
  atGym('a long list is cut, and narrowed', [
    {
      caller: 'book me into spinning tomorrow',
      calls: [['list_classes', { day: '2026-11-24' }]],
      says: /how many places/,
    },
    { caller: 'just me', calls: [], says: /member number/ },
    {
      caller: '204060',
      calls: [['book_class', { class_id: 'c2', places: 1 }], 'list_classes'],
      says: /full.*and three more/,
    },
    { caller: 'the evening yoga', calls: [['book_class', { class_id: 'c3', places: 1 }]] },
  ]),
  atGym('from one day to another, for somebody who proves who they are', [
    {
      caller: 'i want to freeze my membership from the first to the fifteenth of december',
      calls: ['transfer_to_memberships'],
      says: /why you want/,
    },
    { caller: "i'm going on holiday", calls: ['freeze_membership'], says: /member number/ },
    { caller: 'two oh four oh six oh', calls: [], says: /date of birth/ },
    {
      caller: 'ninth of april eighty eight',
      calls: [
        ['verify_member', { member_number: '204060', date_of_birth: '1988-04-09' }],
        ['freeze_membership', { from_date: '2026-12-01', to_date: '2026-12-15' }],
      ],
    },
    {
      caller: 'no to the twentieth',
      calls: [['freeze_membership', { from_date: '2026-12-01', to_date: '2026-12-20' }]],
    },
    { caller: 'yes', calls: ['freeze_membership'], says: /frozen/ },
  ]),
  atGym('names in parts, an e-mail, an option by its description, several options', [
    { caller: 'i would like to join', calls: ['transfer_to_memberships'], says: /first name/ },
    { caller: 'priya raghunathan', calls: [], says: /e-mail/ },
    { caller: 'priya dot r at example dot com', calls: [], says: /plan/ },
    { caller: 'i am a student', calls: [], says: /What day/ },
    { caller: 'the first of next month', calls: [], says: /want to do/ },
    {
      caller: 'swimming and weights',
      calls: [
        [
          'join',
          {
            ...{ first_name: 'Priya', last_name: 'Raghunathan', email: 'priya.r@example.com' },
            ...{ plan: 'student', start: '2026-12-01', interests: ['swimming', 'weights'] },
          },
        ],
      ],
    },
  ]),
];
