CREATE TABLE "client_keys" (
	"kid" text PRIMARY KEY NOT NULL,
	"login_method_id" uuid NOT NULL,
	"use" text NOT NULL,
	"alg" text NOT NULL,
	"public_jwk" jsonb NOT NULL,
	"sealed" text NOT NULL,
	"created_by_name" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"retired_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "login_method_drafts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"login_method_id" uuid NOT NULL,
	"base_version" integer NOT NULL,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"config" jsonb NOT NULL,
	"secrets" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"scim" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"created_by" uuid,
	"created_by_name" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "seen_claims" (
	"login_method_id" uuid NOT NULL,
	"name" text NOT NULL,
	"type" text NOT NULL,
	"source" text NOT NULL,
	"last_seen_at" timestamp with time zone NOT NULL,
	CONSTRAINT "seen_claims_login_method_id_name_pk" PRIMARY KEY("login_method_id","name")
);
--> statement-breakpoint
CREATE TABLE "test_links" (
	"id" uuid PRIMARY KEY NOT NULL,
	"token_hash" text NOT NULL,
	"login_method_id" uuid NOT NULL,
	"draft_id" uuid,
	"created_by" uuid,
	"created_by_name" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"revoked_at" timestamp with time zone,
	"used_at" timestamp with time zone,
	"run_id" uuid,
	CONSTRAINT "test_links_token_hash_unique" UNIQUE("token_hash")
);
--> statement-breakpoint
ALTER TABLE "test_runs" DROP CONSTRAINT "test_runs_login_method_id_login_methods_id_fk";
--> statement-breakpoint
ALTER TABLE "login_methods" ADD COLUMN "ignored_drift" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "test_runs" ADD COLUMN "draft_id" uuid;--> statement-breakpoint
ALTER TABLE "test_runs" ADD COLUMN "kind" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "test_runs" ADD COLUMN "name" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "test_runs" ADD COLUMN "settings" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "test_runs" ADD COLUMN "fingerprint" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "test_runs" ADD COLUMN "link_id" uuid;--> statement-breakpoint
UPDATE "test_runs" SET "kind" = "login_methods"."kind", "name" = "login_methods"."name", "settings" = "login_methods"."config" FROM "login_methods" WHERE "login_methods"."id" = "test_runs"."login_method_id";--> statement-breakpoint
ALTER TABLE "test_runs" ALTER COLUMN "kind" DROP DEFAULT, ALTER COLUMN "name" DROP DEFAULT, ALTER COLUMN "settings" DROP DEFAULT, ALTER COLUMN "fingerprint" DROP DEFAULT;--> statement-breakpoint
ALTER TABLE "login_method_drafts" ADD CONSTRAINT "login_method_drafts_created_by_admins_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."admins"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "test_links" ADD CONSTRAINT "test_links_draft_id_login_method_drafts_id_fk" FOREIGN KEY ("draft_id") REFERENCES "public"."login_method_drafts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "test_links" ADD CONSTRAINT "test_links_created_by_admins_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."admins"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "client_keys_by_method" ON "client_keys" USING btree ("login_method_id");--> statement-breakpoint
CREATE INDEX "login_method_drafts_by_method" ON "login_method_drafts" USING btree ("login_method_id","created_at");--> statement-breakpoint
CREATE INDEX "test_links_by_method" ON "test_links" USING btree ("login_method_id","created_at");