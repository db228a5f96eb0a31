CREATE TABLE "switchboard"."dial_jobs" (
	"dial_id" text PRIMARY KEY NOT NULL,
	"idempotency_key" text,
	"desk" text NOT NULL,
	"number" text NOT NULL,
	"purpose" text NOT NULL,
	"message" text,
	"language" text NOT NULL,
	"time_zone" text NOT NULL,
	"machine" text NOT NULL,
	"max_attempts" integer NOT NULL,
	"state" text NOT NULL,
	"attempts" integer NOT NULL,
	"outcome" text,
	"detail" text,
	"answered_by" text,
	"due_at" timestamp (3) with time zone NOT NULL,
	"placed_at" timestamp (3) with time zone,
	"carrier_call_id" text,
	"call_id" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "dial_jobs_idempotency_key_unique" UNIQUE("idempotency_key")
);
--> statement-breakpoint
CREATE TABLE "switchboard"."do_not_call" (
	"number" text PRIMARY KEY NOT NULL,
	"source" text NOT NULL,
	"note" text,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE INDEX "dial_jobs_created" ON "switchboard"."dial_jobs" USING btree ("created_at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "dial_jobs_open" ON "switchboard"."dial_jobs" USING btree ("due_at") WHERE "switchboard"."dial_jobs"."state" in ('waiting', 'placing', 'ringing', 'answered');--> statement-breakpoint
CREATE UNIQUE INDEX "dial_jobs_one_call_a_number" ON "switchboard"."dial_jobs" USING btree ("number") WHERE "switchboard"."dial_jobs"."state" in ('placing', 'ringing', 'answered');