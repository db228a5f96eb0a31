CREATE SCHEMA "front_desk";
--> statement-breakpoint
CREATE TABLE "front_desk"."bookings" (
	"reference" text PRIMARY KEY NOT NULL,
	"slot_id" text NOT NULL,
	"name" text NOT NULL,
	"status" text NOT NULL,
	"call_id" text,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "bookings_reference_form" CHECK ("front_desk"."bookings"."reference" ~ '^GB-[0-9]{8}-[0-9]{3}$'),
	CONSTRAINT "bookings_status_known" CHECK ("front_desk"."bookings"."status" in ('active', 'cancelled'))
);
--> statement-breakpoint
CREATE TABLE "front_desk"."invoices" (
	"invoice_id" text PRIMARY KEY NOT NULL,
	"description" text NOT NULL,
	"amount_cents" integer NOT NULL,
	"due_date" date NOT NULL,
	"status" text NOT NULL,
	CONSTRAINT "invoices_id_form" CHECK ("front_desk"."invoices"."invoice_id" ~ '^INV-[0-9]{4}$'),
	CONSTRAINT "invoices_amount_positive" CHECK ("front_desk"."invoices"."amount_cents" > 0),
	CONSTRAINT "invoices_status_known" CHECK ("front_desk"."invoices"."status" in ('unpaid', 'paid'))
);
--> statement-breakpoint
CREATE TABLE "front_desk"."payment_links" (
	"invoice_id" text PRIMARY KEY NOT NULL,
	"token" text NOT NULL,
	"call_id" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "payment_links_token_unique" UNIQUE("token")
);
--> statement-breakpoint
CREATE TABLE "front_desk"."refunds" (
	"invoice_id" text PRIMARY KEY NOT NULL,
	"reason" text NOT NULL,
	"status" text NOT NULL,
	"call_id" text,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "refunds_status_known" CHECK ("front_desk"."refunds"."status" in ('requested', 'completed'))
);
--> statement-breakpoint
CREATE TABLE "front_desk"."slots" (
	"slot_id" text PRIMARY KEY NOT NULL,
	"date" date NOT NULL,
	"time" text NOT NULL,
	"starts_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "front_desk"."bookings" ADD CONSTRAINT "bookings_slot_id_slots_slot_id_fk" FOREIGN KEY ("slot_id") REFERENCES "front_desk"."slots"("slot_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "front_desk"."payment_links" ADD CONSTRAINT "payment_links_invoice_id_invoices_invoice_id_fk" FOREIGN KEY ("invoice_id") REFERENCES "front_desk"."invoices"("invoice_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "front_desk"."refunds" ADD CONSTRAINT "refunds_invoice_id_invoices_invoice_id_fk" FOREIGN KEY ("invoice_id") REFERENCES "front_desk"."invoices"("invoice_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "bookings_one_active_per_slot" ON "front_desk"."bookings" USING btree ("slot_id") WHERE "front_desk"."bookings"."status" = 'active';--> statement-breakpoint
CREATE INDEX "slots_by_date" ON "front_desk"."slots" USING btree ("date");