CREATE TABLE "scim_groups" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"login_method_id" uuid NOT NULL,
	"display_name" text NOT NULL,
	"display_name_key" text NOT NULL,
	"external_id" text,
	"attributes" jsonb NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "scim_health" (
	"login_method_id" uuid PRIMARY KEY NOT NULL,
	"first_at" timestamp (3) with time zone NOT NULL,
	"last_at" timestamp (3) with time zone NOT NULL,
	"last_ip" text,
	"last_client" text,
	"last_error_at" timestamp (3) with time zone,
	"last_error" text
);
--> statement-breakpoint
CREATE TABLE "scim_log" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "scim_log_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"login_method_id" uuid NOT NULL,
	"login_method_name" text NOT NULL,
	"request_id" text NOT NULL,
	"bulk_index" integer,
	"method" text NOT NULL,
	"path" text NOT NULL,
	"query" text,
	"status" integer NOT NULL,
	"scim_type" text,
	"error" text,
	"resource_type" text,
	"resource_id" uuid,
	"external_id" text,
	"user_email" text,
	"group_name" text,
	"intent" text,
	"effects" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"request" text,
	"response" text,
	"ip" text,
	"user_agent" text,
	"client" text,
	"duration_ms" integer
);
--> statement-breakpoint
CREATE TABLE "scim_members" (
	"group_id" uuid NOT NULL,
	"user_id" uuid,
	"child_id" uuid,
	CONSTRAINT "scim_members_one" CHECK (("scim_members"."user_id" is null) <> ("scim_members"."child_id" is null))
);
--> statement-breakpoint
CREATE TABLE "scim_secrets" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"login_method_id" uuid NOT NULL,
	"hash" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"created_by_name" text NOT NULL,
	"expires_at" timestamp (3) with time zone,
	"last_used_at" timestamp (3) with time zone,
	"last_used_ip" text,
	CONSTRAINT "scim_secrets_hash_unique" UNIQUE("hash")
);
--> statement-breakpoint
CREATE TABLE "scim_users" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"login_method_id" uuid NOT NULL,
	"user_name" text NOT NULL,
	"user_name_key" text NOT NULL,
	"external_id" text,
	"active" boolean DEFAULT true NOT NULL,
	"emails" text[] DEFAULT '{}' NOT NULL,
	"attributes" jsonb NOT NULL,
	"user_id" uuid,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "scim_groups" ADD CONSTRAINT "scim_groups_login_method_id_login_methods_id_fk" FOREIGN KEY ("login_method_id") REFERENCES "public"."login_methods"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "scim_health" ADD CONSTRAINT "scim_health_login_method_id_login_methods_id_fk" FOREIGN KEY ("login_method_id") REFERENCES "public"."login_methods"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "scim_members" ADD CONSTRAINT "scim_members_group_id_scim_groups_id_fk" FOREIGN KEY ("group_id") REFERENCES "public"."scim_groups"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "scim_members" ADD CONSTRAINT "scim_members_user_id_scim_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."scim_users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "scim_members" ADD CONSTRAINT "scim_members_child_id_scim_groups_id_fk" FOREIGN KEY ("child_id") REFERENCES "public"."scim_groups"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "scim_secrets" ADD CONSTRAINT "scim_secrets_login_method_id_login_methods_id_fk" FOREIGN KEY ("login_method_id") REFERENCES "public"."login_methods"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "scim_users" ADD CONSTRAINT "scim_users_login_method_id_login_methods_id_fk" FOREIGN KEY ("login_method_id") REFERENCES "public"."login_methods"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "scim_users" ADD CONSTRAINT "scim_users_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "scim_groups_display_name" ON "scim_groups" USING btree ("login_method_id","display_name_key");--> statement-breakpoint
CREATE INDEX "scim_groups_external_id" ON "scim_groups" USING btree ("login_method_id","external_id");--> statement-breakpoint
CREATE INDEX "scim_groups_order" ON "scim_groups" USING btree ("login_method_id","created_at","id");--> statement-breakpoint
CREATE INDEX "scim_log_at" ON "scim_log" USING btree ("at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "scim_log_login_method" ON "scim_log" USING btree ("login_method_id","id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "scim_log_resource" ON "scim_log" USING btree ("resource_id","id" DESC NULLS LAST);--> statement-breakpoint
CREATE UNIQUE INDEX "scim_members_user" ON "scim_members" USING btree ("group_id","user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "scim_members_child" ON "scim_members" USING btree ("group_id","child_id");--> statement-breakpoint
CREATE INDEX "scim_members_of_user" ON "scim_members" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "scim_members_of_child" ON "scim_members" USING btree ("child_id");--> statement-breakpoint
CREATE INDEX "scim_secrets_login_method" ON "scim_secrets" USING btree ("login_method_id");--> statement-breakpoint
CREATE UNIQUE INDEX "scim_users_user_name" ON "scim_users" USING btree ("login_method_id","user_name_key");--> statement-breakpoint
CREATE UNIQUE INDEX "scim_users_person" ON "scim_users" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "scim_users_external_id" ON "scim_users" USING btree ("login_method_id","external_id");--> statement-breakpoint
CREATE INDEX "scim_users_order" ON "scim_users" USING btree ("login_method_id","created_at","id");--> statement-breakpoint
CREATE INDEX "scim_users_emails" ON "scim_users" USING gin ("emails") WITH (fastupdate=false);