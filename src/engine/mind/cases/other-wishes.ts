import { beyond, day, made, of, reason, text, told, type WishDesk } from './wish.ts';

const plumber: WishDesk = {
  name: 'plumber',
  instructions: `You answer for Drake Plumbing & Heating.
When water is running out and cannot be stopped, use send_emergency_crew at once.
We work in the whole county. Calling us out costs 60 dollars, which includes the first half hour.
Our technicians come between eight and five on weekdays. We do not sell appliances.
Escalate complaints about work that was done.`,
  tools: [
    made('send_emergency_crew', 'Send a crew right now.', { address: text('Where to') }),
    made(
      'find_repair_windows',
      'Find times when a technician can come for a repair or for maintenance.',
      { day },
    ),
    made('book_repair', 'Book a technician for a window from find_repair_windows.', {
      window_id: text('A window as returned by find_repair_windows'),
      problem: text('What is wrong'),
    }),
    made('job_status', 'Say when the technician for a job will arrive, or whether it is done.', {
      job_number: { ...text('Number of the job'), pattern: '^J-\\d{4}$' },
    }),
    made(
      'request_quote',
      'Have an estimate made for new installations such as bathrooms or boilers.',
      {
        work: text('What is to be installed'),
      },
    ),
    made('escalate', 'Transfers the caller to the manager.', reason),
    made('hang_up', 'End the call.'),
  ],
  wishes: [
    ...of(
      'send_emergency_crew',
      'a pipe burst and my kitchen is flooding',
      "water is pouring through the ceiling and i can't turn it off",
    ),
    ...of(
      'find_repair_windows',
      'my toilet is clogged',
      'the heating does not get warm any more',
      'we have a dripping faucet can somebody come by on tuesday',
      'the boiler needs its yearly service',
    ),
    ...of(
      'job_status',
      'where is your guy he was supposed to be here an hour ago',
      'how much longer until the technician arrives',
      'is my job finished',
    ),
    ...of(
      'request_quote',
      'how much would a new bathroom be',
      "we'd like a new boiler and want to know the price",
      'can i get an estimate for putting in a shower',
    ),
    ...of(
      'escalate',
      'your man did a terrible job and i want to complain',
      'let me talk to the manager',
      'i am not happy with the work that was done',
    ),
    ...told(/60 dollars/, 'what do you charge for coming out', 'how much is a call out'),
    ...told(/whole county/, 'do you work in the county'),
    ...told(/eight and five/, 'what hours do your technicians come'),
    ...told(/do not sell/, 'do you sell appliances'),
    ...beyond('can you paint my fence', 'i want to learn spanish'),
  ],
};

const bank: WishDesk = {
  name: 'bank',
  instructions: `You help customers of the Northern Savings Bank on the phone.

- Say your name is Nora. Be brief.
- Use block_card at once when a card was stolen or lost, or when a payment was not made by the customer.
- "I forgot my code" and "the machine kept my card" are for cards.
- Transfer to lending for mortgages, car finance and overdrafts. For example: "I want to buy a house", "can I get more credit".
- Transfer to cards for new cards, PINs and limits.
- Branches are open from nine to four on weekdays. The nearest branch is in King Street.
- A transfer abroad takes two working days and costs four pounds.
- Never tell a balance to anyone but the customer.`,
  tools: [
    made('get_balance', 'Tell the balance of an account.', {
      account: { ...text('Account number'), pattern: '^\\d{8}$' },
    }),
    made('recent_payments', 'List the last payments of an account.', {
      account: { ...text('Account number'), pattern: '^\\d{8}$' },
    }),
    made('send_money', 'Transfer money to another account.', {
      to: { ...text('Account number'), pattern: '^\\d{8}$' },
      amount: { type: 'number', description: 'How much' },
    }),
    made('block_card', 'Block a card.', {
      last_four: { ...text('Last four digits of the card'), pattern: '^\\d{4}$' },
    }),
    made('transfer_to_cards', 'Hand the caller to the cards team.', reason),
    made('transfer_to_lending', 'Hand the caller to lending.', reason),
    made('go_to_human', 'Connects the caller with a human adviser.', reason),
  ],
  wishes: [
    ...of(
      'get_balance',
      'how much money do i have',
      "what's in my account",
      'how much have i got left',
    ),
    ...of(
      'recent_payments',
      'what did i spend last week',
      'has my salary come in',
      'i would like to hear my latest transactions',
    ),
    ...of(
      'send_money',
      'i need to pay my landlord',
      'wire fifty pounds to my sister',
      'i want to make a transfer',
    ),
    ...of(
      'block_card',
      'somebody stole my wallet',
      "there's a payment i never made",
      "i can't find my bank card",
    ),
    ...of(
      'transfer_to_cards',
      'i forgot my pin',
      'the cash machine swallowed my card',
      'i would like a credit card',
      'raise my limit please',
    ),
    ...of(
      'transfer_to_lending',
      'we are looking to buy a flat',
      'i need a loan for a car',
      'can i go overdrawn',
    ),
    ...of('go_to_human', 'i want a human', 'put me through to an adviser'),
    ...told(/nine to four/, 'when are you open', 'when does the branch close'),
    ...told(/King Street/, 'where is your nearest branch'),
    ...told(/two working days/, 'how long does a transfer abroad take'),
    ...beyond('do you sell train tickets', 'will it rain tomorrow'),
  ],
};

/** Desks that scoring was only measured on. */
export const otherDesks: readonly WishDesk[] = [plumber, bank];
