CREATE TABLE "front_desk"."customers" (
	"customer_id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"date_of_birth" date NOT NULL,
	"phone" text NOT NULL
);
--> statement-breakpoint
ALTER TABLE "front_desk"."bookings" ADD COLUMN "customer_id" text;--> statement-breakpoint
ALTER TABLE "front_desk"."invoices" ADD COLUMN "customer_id" text;--> statement-breakpoint
CREATE INDEX "customers_by_date_of_birth" ON "front_desk"."customers" USING btree ("date_of_birth");--> statement-breakpoint
ALTER TABLE "front_desk"."bookings" ADD CONSTRAINT "bookings_customer_id_customers_customer_id_fk" FOREIGN KEY ("customer_id") REFERENCES "front_desk"."customers"("customer_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "front_desk"."invoices" ADD CONSTRAINT "invoices_customer_id_customers_customer_id_fk" FOREIGN KEY ("customer_id") REFERENCES "front_desk"."customers"("customer_id") ON DELETE no action ON UPDATE no action;