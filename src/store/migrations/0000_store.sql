CREATE SCHEMA "switchboard";
--> statement-breakpoint
CREATE TABLE "switchboard"."messages" (
	"message_id" text PRIMARY KEY NOT NULL,
	"call_id" text NOT NULL,
	"kind" text NOT NULL,
	"text" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "switchboard"."trail_events" (
	"call_id" text NOT NULL,
	"seq" integer NOT NULL,
	"type" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"elapsed_ms" double precision NOT NULL,
	"payload" jsonb NOT NULL,
	CONSTRAINT "trail_events_call_id_seq_pk" PRIMARY KEY("call_id","seq")
);
--> statement-breakpoint
CREATE INDEX "messages_by_call" ON "switchboard"."messages" USING btree ("call_id");--> statement-breakpoint
CREATE INDEX "trail_events_started" ON "switchboard"."trail_events" USING btree ("at" DESC NULLS LAST) WHERE "switchboard"."trail_events"."type" = 'call.started';--> statement-breakpoint
CREATE UNIQUE INDEX "trail_events_ended" ON "switchboard"."trail_events" USING btree ("call_id") WHERE "switchboard"."trail_events"."type" = 'call.ended';--> statement-breakpoint
CREATE VIEW "switchboard"."calls" AS (select started.call_id, started.payload ->> 'desk' as desk, started.payload ->> 'channel' as channel, started.at as started_at, ended.at as ended_at, ended.payload ->> 'reason' as end_reason from switchboard.trail_events started left join switchboard.trail_events ended on ended.call_id = started.call_id and ended.type = 'call.ended' where started.type = 'call.started');