CREATE TABLE "switchboard"."webhooks" (
	"source" text NOT NULL,
	"webhook_id" text NOT NULL,
	"type" text NOT NULL,
	"received_at" timestamp (3) with time zone NOT NULL,
	"outcome" text,
	CONSTRAINT "webhooks_source_webhook_id_pk" PRIMARY KEY("source","webhook_id")
);
--> statement-breakpoint
CREATE INDEX "webhooks_by_age" ON "switchboard"."webhooks" USING btree ("received_at");