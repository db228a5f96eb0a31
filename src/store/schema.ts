import { sql } from 'drizzle-orm';
import {
  doublePrecision,
  index,
  integer,
  jsonb,
  pgSchema,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import type { CarrierStatus, DialJob } from '../call/ports.ts';
import type { TrailFact } from '../protocol/index.ts';

/** The Postgres schema that holds what the house itself keeps. Desks have schemas of their own. */
export const switchboard = pgSchema('switchboard');

/** What a trail event says beside its stamp and type. */
export type TrailPayload = TrailFact extends infer Fact
  ? Fact extends { type: string }
    ? Omit<Fact, 'type'>
    : never
  : never;

/** The trails of all calls: written once, never changed. */
export const trailEvents = switchboard.table(
  'trail_events',
  {
    callId: text('call_id').notNull(),
    seq: integer('seq').notNull(),
    type: text('type').notNull(),
    at: timestamp('at', { withTimezone: true, precision: 3 }).notNull(),
    elapsedMs: doublePrecision('elapsed_ms').notNull(),
    payload: jsonb('payload').$type<TrailPayload>().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.callId, table.seq] }),
    index('trail_events_started')
      .on(table.at.desc())
      .where(sql`${table.type} = 'call.started'`),
    uniqueIndex('trail_events_ended')
      .on(table.callId)
      .where(sql`${table.type} = 'call.ended'`),
  ],
);

/** The call list, read from the trail: there is nothing beside it that could disagree with it. */
export const calls = switchboard
  .view('calls', {
    callId: text('call_id').notNull(),
    desk: text('desk').notNull(),
    channel: text('channel').notNull(),
    startedAt: timestamp('started_at', { withTimezone: true, precision: 3 }).notNull(),
    endedAt: timestamp('ended_at', { withTimezone: true, precision: 3 }),
    endReason: text('end_reason'),
  })
  .as(
    sql`select started.call_id, started.payload ->> 'desk' as desk, started.payload ->> 'channel' as channel, started.at as started_at, ended.at as ended_at, ended.payload ->> 'reason' as end_reason from switchboard.trail_events started left join switchboard.trail_events ended on ended.call_id = started.call_id and ended.type = 'call.ended' where started.type = 'call.started'`,
  );

/** One row, written again whenever someone asks whether the database can keep anything. */
export const readiness = switchboard.table('readiness', {
  id: integer('id').primaryKey(),
  checkedAt: timestamp('checked_at', { withTimezone: true, precision: 3 }).notNull(),
});

/** Text messages to callers, as handed over for sending. */
export const messages = switchboard.table(
  'messages',
  {
    messageId: text('message_id').primaryKey(),
    callId: text('call_id').notNull(),
    kind: text('kind').notNull(),
    /** Number it is for; null: the caller's own. */
    recipient: text('recipient'),
    text: text('text').notNull(),
    createdAt: timestamp('created_at', { withTimezone: true, precision: 3 }).notNull(),
  },
  (table) => [index('messages_by_call').on(table.callId)],
);

/** Attempts to prove who is calling, one row for each subject they count against. */
export const verificationAttempts = switchboard.table(
  'verification_attempts',
  {
    attemptId: text('attempt_id').notNull(),
    desk: text('desk').notNull(),
    /** A hash: nobody can read here who was claimed to be. */
    subject: text('subject').notNull(),
    callId: text('call_id').notNull(),
    at: timestamp('at', { withTimezone: true, precision: 3 }).notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.attemptId, table.subject] }),
    index('verification_attempts_by_subject').on(table.desk, table.subject, table.at),
  ],
);

/** Callbacks and messages that callers left for people. */
export const notes = switchboard.table(
  'notes',
  {
    noteId: text('note_id').primaryKey(),
    callId: text('call_id').notNull(),
    desk: text('desk').notNull(),
    kind: text('kind').notNull(),
    queue: text('queue'),
    phone: text('phone'),
    wantedWhen: text('wanted_when'),
    name: text('name'),
    text: text('text').notNull(),
    createdAt: timestamp('created_at', { withTimezone: true, precision: 3 }).notNull(),
  },
  (table) => [index('notes_by_call').on(table.callId)],
);

/** Calls that we are to place, one row each, from the request to the end. */
export const dialJobs = switchboard.table(
  'dial_jobs',
  {
    dialId: text('dial_id').primaryKey(),
    idempotencyKey: text('idempotency_key').unique(),
    desk: text('desk').notNull(),
    number: text('number').notNull(),
    purpose: text('purpose').notNull(),
    message: text('message'),
    language: text('language').notNull(),
    timeZone: text('time_zone').notNull(),
    machine: text('machine').$type<DialJob['machine']>().notNull(),
    maxAttempts: integer('max_attempts').notNull(),
    state: text('state').$type<DialJob['state']>().notNull(),
    attempts: integer('attempts').notNull(),
    outcome: text('outcome').$type<DialJob['outcome']>(),
    detail: text('detail'),
    answeredBy: text('answered_by').$type<DialJob['answeredBy']>(),
    dueAt: timestamp('due_at', { withTimezone: true, precision: 3 }).notNull(),
    placedAt: timestamp('placed_at', { withTimezone: true, precision: 3 }),
    carrierCallId: text('carrier_call_id'),
    callId: text('call_id'),
    createdAt: timestamp('created_at', { withTimezone: true, precision: 3 }).notNull(),
  },
  (table) => [
    index('dial_jobs_created').on(table.createdAt.desc()),
    index('dial_jobs_open')
      .on(table.dueAt)
      .where(sql`${table.state} in ('waiting', 'placing', 'ringing', 'answered')`),
    // The same person is never called twice at once, whoever asked for it.
    uniqueIndex('dial_jobs_one_call_a_number')
      .on(table.number)
      .where(sql`${table.state} in ('placing', 'ringing', 'answered')`),
  ],
);

/** Numbers that are never dialled. */
export const doNotCall = switchboard.table('do_not_call', {
  number: text('number').primaryKey(),
  source: text('source').notNull(),
  note: text('note'),
  createdAt: timestamp('created_at', { withTimezone: true, precision: 3 }).notNull(),
});

/** Calls of carriers: which of ours they are, and how far. */
export const carrierCalls = switchboard.table(
  'carrier_calls',
  {
    carrier: text('carrier').notNull(),
    carrierCallId: text('carrier_call_id').notNull(),
    callId: text('call_id'),
    desk: text('desk'),
    status: text('status').$type<CarrierStatus>().notNull(),
    /** Of the status: one of a lower rank is late. */
    rank: integer('rank').notNull(),
    createdAt: timestamp('created_at', { withTimezone: true, precision: 3 }).notNull(),
    updatedAt: timestamp('updated_at', { withTimezone: true, precision: 3 }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.carrier, table.carrierCallId] })],
);

/** Webhooks of providers, each once, so that one that is sent again does nothing. */
export const webhooks = switchboard.table(
  'webhooks',
  {
    source: text('source').notNull(),
    webhookId: text('webhook_id').notNull(),
    type: text('type').notNull(),
    receivedAt: timestamp('received_at', { withTimezone: true, precision: 3 }).notNull(),
    /** What was done about it; null: nothing yet. */
    outcome: text('outcome'),
  },
  (table) => [
    primaryKey({ columns: [table.source, table.webhookId] }),
    index('webhooks_by_age').on(table.receivedAt),
  ],
);
