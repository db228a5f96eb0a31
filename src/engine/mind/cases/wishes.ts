import { beyond, day, made, of, reason, text, told, type WishDesk } from './wish.ts';

const vet: WishDesk = {
  name: 'vet',
  instructions: `# Role
You answer the phone of Paws and Claws, a veterinary practice in Mill Lane.

## Facts
- We are open Monday to Friday from eight to seven, and on Saturday mornings.
- Parking is behind the building and is free. The entrance is on Mill Lane, next to the bakery.
- A first check for a new animal costs 38 pounds. Neutering costs from 90 pounds.
- We see dogs, cats, rabbits and birds, but no horses.

## Rules
- Transfer to emergency when an animal is bleeding, cannot breathe, was hit by a car or has eaten poison.
- Use find_visit_times before you make a visit.
- Never give advice on medicines.`,
  tools: [
    made('find_visit_times', 'Find free times to see a vet on a day.', { day }),
    made('make_visit', 'Book a visit for an animal at a time from find_visit_times.', {
      time_id: text('A time as returned by find_visit_times'),
      animal: text('Name and kind of the animal'),
    }),
    made('cancel_visit', 'Cancel a visit that was booked.', {
      phone: text('Phone number it was booked under'),
    }),
    made('order_food', 'Order special diet food for collection.', {
      product: text('Which food'),
    }),
    made(
      'vaccination_record',
      'Look up which vaccinations an animal has had and when the next is due.',
      {
        chip_number: { ...text('Number of the chip'), pattern: '^\\d{6}$' },
      },
    ),
    made('transfer_to_emergency', 'Transfer the caller to the emergency vet on duty.', reason),
    made(
      'speak_to_insurance',
      'Puts the caller through to our colleague for insurance claims and payments in instalments.',
      reason,
    ),
    made('end_call', 'End the call.'),
  ],
  wishes: [
    ...of(
      'find_visit_times',
      'my cat has been sneezing for days and i would like someone to look at her',
      'i need to bring my dog in for a check up',
      'do you have anything free on thursday',
      'could the doctor see my rabbit tomorrow',
      "i'd like to make an appointment for my puppy",
    ),
    ...of(
      'cancel_visit',
      "we can't come on friday after all",
      'please take our appointment out of the book',
      'i want to call off my visit',
    ),
    ...of(
      'order_food',
      "we've run out of the kidney diet kibble",
      'can i get two more bags of the diet food',
    ),
    ...of(
      'vaccination_record',
      'when is his next jab due',
      'has my dog already had his rabies shot',
      'i need to know which vaccines she has had',
    ),
    ...of(
      'transfer_to_emergency',
      'my dog was hit by a car',
      "he swallowed rat poison and he's shaking",
      'there is blood everywhere please help my cat is bleeding',
    ),
    ...of(
      'speak_to_insurance',
      'i want to make a claim with my pet insurance',
      'can i pay the bill in monthly instalments',
    ),
    ...told(/Parking is behind/, 'where can i park', 'is there parking'),
    ...told(/We are open/, 'what time do you open', 'are you open on saturday'),
    ...told(/next to the bakery/, 'where are you exactly', 'where is the entrance'),
    ...told(/38 pounds/, 'how much is a first check'),
    ...told(/no horses/, 'do you treat horses', 'do you see birds'),
    ...beyond(
      'can you tell me the football results',
      'i would like to rent a boat',
      "what's the capital of france",
    ),
  ],
};

const library: WishDesk = {
  name: 'library',
  instructions: `You are the telephone assistant of the Harbour Library.

### When to use what
Use search_catalogue to find out whether we own a title and where it stands.
Use renew_loans to give somebody more time with what they have borrowed.
Use place_hold for titles that are out.
Transfer to events when the caller asks about readings, workshops or the children's hour.
Transfer to accounts when the caller wants to join, has lost a card, moved house or wants to pay a fine.

### Good to know
Late books cost twenty cents a day. Members may borrow ten books at a time.
The reading room has free internet and twelve computers. Printing is ten cents a page.
The library is closed on Mondays.`,
  tools: [
    made('search_catalogue', 'Search the catalogue by title, author or subject.', {
      words: text('Title, author or subject'),
    }),
    made('renew_loans', 'Renew what is on loan by two weeks.', {
      card_number: { ...text('Number on the library card'), pattern: '^\\d{8}$' },
    }),
    made('place_hold', 'Put a hold on a title that is out, so that it is kept for the caller.', {
      title: text('The title'),
      card_number: { ...text('Number on the library card'), pattern: '^\\d{8}$' },
    }),
    made('transfer_to_events', 'Hand the caller to the events desk.', reason),
    made('transfer_to_accounts', 'Hand the caller to accounts and membership.', reason),
    made('transfer_to_person', 'Hand the caller to a member of staff.', reason),
  ],
  wishes: [
    ...of(
      'search_catalogue',
      'do you have anything by agatha christie',
      "i'm looking for a book about gardening",
      'is the hobbit on the shelf',
      'have you got any novels by tolstoy',
    ),
    ...of(
      'renew_loans',
      "i haven't finished my books yet can i keep them longer",
      'i need an extension on the things i borrowed',
      'can i have them for another two weeks',
      'please renew my books',
    ),
    ...of(
      'place_hold',
      'could you reserve the new le carre for me',
      'put me on the waiting list for that novel',
      'please set a copy aside for me when it comes back',
    ),
    ...of(
      'transfer_to_events',
      'when is the next story time for kids',
      'is there a writing workshop this month',
      "i'd like to sign up for the poetry evening",
    ),
    ...of(
      'transfer_to_accounts',
      'i want to become a member',
      "i've lost my library card",
      'i have a new address',
      'how do i settle my fine',
    ),
    ...of(
      'transfer_to_person',
      'can i talk to a real person',
      'i would rather speak to a librarian',
    ),
    ...told(/twenty cents/, 'what does it cost if a book is late', 'how much are late books'),
    ...told(/ten books/, 'how many books may i borrow'),
    ...told(/free internet/, 'do you have computers', 'is there internet in the reading room'),
    ...told(/ten cents a page/, 'how much is printing'),
    ...told(/closed on Mondays/, 'are you open on mondays'),
    ...beyond(
      'i want to order a pizza',
      'can you fix my washing machine',
      'please book me a flight',
    ),
  ],
};

const gym: WishDesk = {
  name: 'gym',
  instructions: `You work for Iron Harbour, a fitness club.
The club opens at six in the morning and closes at eleven at night, every day. Children under fourteen are not admitted.
A month costs 45 euros, a day pass 12 euros. Towels can be rented for two euros. The sauna is included.
Anyone who wants to leave the club goes to retention. Anything about invoices, bank details and debits goes to accounts.`,
  tools: [
    made('list_classes', 'List classes (yoga, cycling, boxing) on a day.', { day }),
    made('book_class', 'Reserve a place in a class from list_classes.', {
      class_id: text('A class as returned by list_classes'),
    }),
    made(
      'freeze_membership',
      'Pause a membership for some months, for example because of an injury or a long journey.',
      {
        months: { type: 'integer', minimum: 1, maximum: 6, description: 'How many months' },
      },
    ),
    made('book_trainer', 'Arrange a session with a personal trainer.', { day }),
    made('report_fault', 'Report a machine, locker or shower that does not work.', {
      what: text('What is broken'),
    }),
    made('transfer_to_retention', 'Hand the caller to the retention team.', reason),
    made('transfer_to_accounts', 'Hand the caller to accounts.', reason),
  ],
  wishes: [
    ...of(
      'list_classes',
      'what yoga is there on wednesday',
      'which courses can i do tomorrow',
      'is there any spinning tonight',
      "i'd like to join a boxing class",
    ),
    ...of(
      'freeze_membership',
      'i broke my leg and cannot train for a while',
      "i'm abroad for three months can i put my contract on hold",
      'can i suspend my membership',
    ),
    ...of(
      'book_trainer',
      "i'd like somebody to coach me one to one",
      'can i get a personal training session on friday',
    ),
    ...of(
      'report_fault',
      'the treadmill by the window is out of order',
      'there is no hot water in the showers',
      "my locker won't open",
    ),
    ...of(
      'transfer_to_retention',
      'i want to quit',
      'how do i cancel my membership',
      "i'd like to end my contract",
    ),
    ...of(
      'transfer_to_accounts',
      'you took the money twice this month',
      'i have a new bank account',
      'there is a mistake on my invoice',
    ),
    ...told(/opens at six/, 'when do you open', 'how late are you open', 'what are your hours'),
    ...told(/day pass 12/, 'how much is a day pass', 'what does a month cost'),
    ...told(/Towels/, 'can i rent a towel'),
    ...told(/sauna is included/, 'is the sauna included'),
    ...told(/fourteen/, 'can i bring my children'),
    ...beyond('can you recommend a good film', 'i need a new passport'),
  ],
};

/** Desks that scoring was looked at with while it was made. */
export const knownDesks: readonly WishDesk[] = [vet, library, gym];
