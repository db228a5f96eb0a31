CREATE TABLE "switchboard"."notes" (
	"note_id" text PRIMARY KEY NOT NULL,
	"call_id" text NOT NULL,
	"desk" text NOT NULL,
	"kind" text NOT NULL,
	"queue" text,
	"phone" text,
	"wanted_when" text,
	"name" text,
	"text" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "switchboard"."verification_attempts" (
	"attempt_id" text NOT NULL,
	"desk" text NOT NULL,
	"subject" text NOT NULL,
	"call_id" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "verification_attempts_attempt_id_subject_pk" PRIMARY KEY("attempt_id","subject")
);
--> statement-breakpoint
CREATE INDEX "notes_by_call" ON "switchboard"."notes" USING btree ("call_id");--> statement-breakpoint
CREATE INDEX "verification_attempts_by_subject" ON "switchboard"."verification_attempts" USING btree ("desk","subject","at");