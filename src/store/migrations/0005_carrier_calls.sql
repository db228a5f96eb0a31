CREATE TABLE "switchboard"."carrier_calls" (
	"carrier" text NOT NULL,
	"carrier_call_id" text NOT NULL,
	"call_id" text,
	"desk" text,
	"status" text NOT NULL,
	"rank" integer NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "carrier_calls_carrier_carrier_call_id_pk" PRIMARY KEY("carrier","carrier_call_id")
);
