ALTER TABLE "scim_health" ADD COLUMN "last_refusal_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "scim_health" ADD COLUMN "last_refusal" text;--> statement-breakpoint
CREATE INDEX "users_disabled_unclaimed" ON "users" USING btree ("login_method_id") WHERE "users"."issuer" = '' and "users"."disabled_at" is not null;