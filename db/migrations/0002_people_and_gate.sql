CREATE TABLE "access_log" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "access_log_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"event" text NOT NULL,
	"allowed" boolean NOT NULL,
	"ref" text NOT NULL,
	"application_id" uuid,
	"application_name" text,
	"host" text,
	"user_id" uuid,
	"user_email" text,
	"login_method_id" uuid,
	"login_method_name" text,
	"login_method_kind" text,
	"service_token_id" uuid,
	"service_token_name" text,
	"ip" text,
	"country" text,
	"user_agent" text,
	"policy_id" uuid,
	"policy_name" text,
	"rule" text,
	"reason" text NOT NULL,
	"explanation" jsonb,
	"identity" jsonb,
	"login_id" uuid,
	"count" integer DEFAULT 1 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "proxy_reports" (
	"id" text PRIMARY KEY NOT NULL,
	"front_end" text NOT NULL,
	"problem" text NOT NULL,
	"peer" text,
	"host" text,
	"detail" text NOT NULL,
	"count" integer DEFAULT 1 NOT NULL,
	"first_at" timestamp with time zone DEFAULT now() NOT NULL,
	"last_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "application_policies" (
	"application_id" uuid NOT NULL,
	"policy_id" uuid NOT NULL,
	"precedence" integer NOT NULL,
	CONSTRAINT "application_policies_application_id_policy_id_pk" PRIMARY KEY("application_id","policy_id")
);
--> statement-breakpoint
CREATE TABLE "applications" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"aud" text NOT NULL,
	"name" text NOT NULL,
	"enabled" boolean DEFAULT true NOT NULL,
	"destinations" text[] NOT NULL,
	"settings" jsonb NOT NULL,
	"token_epoch" integer DEFAULT 1 NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "applications_aud_unique" UNIQUE("aud")
);
--> statement-breakpoint
CREATE TABLE "logins" (
	"id" uuid PRIMARY KEY NOT NULL,
	"ref" text NOT NULL,
	"login_method_id" uuid NOT NULL,
	"application_id" uuid,
	"target" text NOT NULL,
	"status" text NOT NULL,
	"state_hash" text NOT NULL,
	"browser_hash" text NOT NULL,
	"sealed" text NOT NULL,
	"redirect_uri" text NOT NULL,
	"fingerprint" text NOT NULL,
	"outcome" json,
	"ip" text,
	"user_agent" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"finished_at" timestamp with time zone,
	CONSTRAINT "logins_state_hash_unique" UNIQUE("state_hash")
);
--> statement-breakpoint
CREATE TABLE "page_templates" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"name" text NOT NULL,
	"type" text NOT NULL,
	"html" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "policies" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"name" text NOT NULL,
	"decision" text NOT NULL,
	"include" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"require" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"exclude" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"session_duration" text,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "rule_groups" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"name" text NOT NULL,
	"include" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"require" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"exclude" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"is_default" boolean DEFAULT false NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "service_tokens" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"name" text NOT NULL,
	"client_id" text NOT NULL,
	"secret_hash" text NOT NULL,
	"secret_version" integer DEFAULT 1 NOT NULL,
	"previous_hash" text,
	"previous_expires_at" timestamp with time zone,
	"enabled" boolean DEFAULT true NOT NULL,
	"duration" text NOT NULL,
	"expires_at" timestamp with time zone,
	"created_by_name" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"last_used_at" timestamp with time zone,
	"last_used_ip" text,
	CONSTRAINT "service_tokens_client_id_unique" UNIQUE("client_id")
);
--> statement-breakpoint
CREATE TABLE "handoffs" (
	"nonce_hash" text PRIMARY KEY NOT NULL,
	"session_id" uuid NOT NULL,
	"application_id" uuid NOT NULL,
	"host" text NOT NULL,
	"browser_hash" text NOT NULL,
	"sealed" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "revocations" (
	"kind" text NOT NULL,
	"id" uuid NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	CONSTRAINT "revocations_kind_id_pk" PRIMARY KEY("kind","id")
);
--> statement-breakpoint
CREATE TABLE "session_applications" (
	"session_id" uuid NOT NULL,
	"application_id" uuid NOT NULL,
	"host" text NOT NULL,
	"issued_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"issued" integer DEFAULT 1 NOT NULL,
	"external" jsonb DEFAULT '{}'::jsonb NOT NULL,
	CONSTRAINT "session_applications_session_id_application_id_pk" PRIMARY KEY("session_id","application_id")
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"user_id" uuid NOT NULL,
	"login_method_id" uuid NOT NULL,
	"identity" jsonb NOT NULL,
	"ip" text,
	"country" text,
	"user_agent" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"tokens_expire_at" timestamp with time zone NOT NULL,
	"revoked_at" timestamp with time zone,
	"revoked_reason" text
);
--> statement-breakpoint
CREATE TABLE "signing_keys" (
	"kid" text PRIMARY KEY NOT NULL,
	"public_jwk" jsonb NOT NULL,
	"certificate" text NOT NULL,
	"sealed" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"retired_at" timestamp with time zone,
	"expires_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "users" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"login_method_id" uuid NOT NULL,
	"login_method_name" text NOT NULL,
	"login_method_kind" text NOT NULL,
	"issuer" text NOT NULL,
	"subject" text NOT NULL,
	"email" text NOT NULL,
	"name" text,
	"identity" jsonb NOT NULL,
	"identity_updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"previous_identity" jsonb,
	"seat" boolean DEFAULT true NOT NULL,
	"source" text DEFAULT 'login' NOT NULL,
	"disabled_at" timestamp with time zone,
	"last_login_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "users_person" UNIQUE("login_method_id","issuer","subject")
);
--> statement-breakpoint
ALTER TABLE "team" ADD COLUMN "login_design" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "team" ADD COLUMN "session_duration" text DEFAULT '24h' NOT NULL;--> statement-breakpoint
ALTER TABLE "team" ADD COLUMN "key_rotation_days" integer DEFAULT 42 NOT NULL;--> statement-breakpoint
ALTER TABLE "team" ADD COLUMN "country_header" text;--> statement-breakpoint
ALTER TABLE "application_policies" ADD CONSTRAINT "application_policies_application_id_applications_id_fk" FOREIGN KEY ("application_id") REFERENCES "public"."applications"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "application_policies" ADD CONSTRAINT "application_policies_policy_id_policies_id_fk" FOREIGN KEY ("policy_id") REFERENCES "public"."policies"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "handoffs" ADD CONSTRAINT "handoffs_session_id_sessions_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."sessions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "handoffs" ADD CONSTRAINT "handoffs_application_id_applications_id_fk" FOREIGN KEY ("application_id") REFERENCES "public"."applications"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "session_applications" ADD CONSTRAINT "session_applications_session_id_sessions_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."sessions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "session_applications" ADD CONSTRAINT "session_applications_application_id_applications_id_fk" FOREIGN KEY ("application_id") REFERENCES "public"."applications"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "access_log_at" ON "access_log" USING btree ("at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "access_log_user" ON "access_log" USING btree ("user_id","id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "access_log_application" ON "access_log" USING btree ("application_id","id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "access_log_ref" ON "access_log" USING btree ("ref");--> statement-breakpoint
CREATE INDEX "application_policies_by_policy" ON "application_policies" USING btree ("policy_id");--> statement-breakpoint
CREATE UNIQUE INDEX "applications_name" ON "applications" USING btree (lower("name"));--> statement-breakpoint
CREATE INDEX "logins_created" ON "logins" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "logins_ref" ON "logins" USING btree ("ref");--> statement-breakpoint
CREATE UNIQUE INDEX "page_templates_name" ON "page_templates" USING btree (lower("name"));--> statement-breakpoint
CREATE UNIQUE INDEX "policies_name" ON "policies" USING btree (lower("name"));--> statement-breakpoint
CREATE UNIQUE INDEX "rule_groups_name" ON "rule_groups" USING btree (lower("name"));--> statement-breakpoint
CREATE UNIQUE INDEX "service_tokens_name" ON "service_tokens" USING btree (lower("name"));--> statement-breakpoint
CREATE INDEX "sessions_by_user" ON "sessions" USING btree ("user_id","created_at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "sessions_expiry" ON "sessions" USING btree ("tokens_expire_at");--> statement-breakpoint
CREATE INDEX "users_email" ON "users" USING btree (lower("email"));--> statement-breakpoint
CREATE INDEX "users_last_login" ON "users" USING btree ("last_login_at" DESC NULLS LAST);
--> statement-breakpoint
-- What the gate keeps in memory is told of each change: `c` configuration, `s:` a session, `r:` a revocation.
CREATE FUNCTION gatehouse_configuration_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	PERFORM pg_notify('gatehouse_gate', 'c');
	RETURN NULL;
END $$;
--> statement-breakpoint
CREATE FUNCTION gatehouse_session_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF TG_TABLE_NAME = 'sessions' THEN
		PERFORM pg_notify('gatehouse_gate', 's:' || NEW.id);
	ELSE
		PERFORM pg_notify('gatehouse_gate', 's:' || NEW.session_id);
	END IF;
	RETURN NULL;
END $$;
--> statement-breakpoint
CREATE FUNCTION gatehouse_revoked() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	PERFORM pg_notify('gatehouse_gate', 'r:' || NEW.kind || ':' || NEW.id || ':' || ceil(extract(epoch FROM NEW.at) * 1000)::bigint);
	RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER team_changed AFTER INSERT OR UPDATE OR DELETE ON "team" FOR EACH STATEMENT EXECUTE FUNCTION gatehouse_configuration_changed();
--> statement-breakpoint
CREATE TRIGGER login_methods_changed AFTER INSERT OR UPDATE OR DELETE ON "login_methods" FOR EACH STATEMENT EXECUTE FUNCTION gatehouse_configuration_changed();
--> statement-breakpoint
CREATE TRIGGER signing_keys_changed AFTER INSERT OR UPDATE OR DELETE ON "signing_keys" FOR EACH STATEMENT EXECUTE FUNCTION gatehouse_configuration_changed();
--> statement-breakpoint
CREATE TRIGGER applications_changed AFTER INSERT OR UPDATE OR DELETE ON "applications" FOR EACH STATEMENT EXECUTE FUNCTION gatehouse_configuration_changed();
--> statement-breakpoint
CREATE TRIGGER application_policies_changed AFTER INSERT OR UPDATE OR DELETE ON "application_policies" FOR EACH STATEMENT EXECUTE FUNCTION gatehouse_configuration_changed();
--> statement-breakpoint
CREATE TRIGGER policies_changed AFTER INSERT OR UPDATE OR DELETE ON "policies" FOR EACH STATEMENT EXECUTE FUNCTION gatehouse_configuration_changed();
--> statement-breakpoint
CREATE TRIGGER rule_groups_changed AFTER INSERT OR UPDATE OR DELETE ON "rule_groups" FOR EACH STATEMENT EXECUTE FUNCTION gatehouse_configuration_changed();
--> statement-breakpoint
-- Not for `last_used_at`: that would reload everything at every use.
CREATE TRIGGER service_tokens_changed AFTER INSERT OR DELETE OR UPDATE OF "name", "secret_hash", "previous_hash", "previous_expires_at", "enabled", "expires_at" ON "service_tokens" FOR EACH STATEMENT EXECUTE FUNCTION gatehouse_configuration_changed();
--> statement-breakpoint
CREATE TRIGGER page_templates_changed AFTER INSERT OR UPDATE OR DELETE ON "page_templates" FOR EACH STATEMENT EXECUTE FUNCTION gatehouse_configuration_changed();
--> statement-breakpoint
CREATE TRIGGER sessions_changed AFTER UPDATE OF "identity", "revoked_at" ON "sessions" FOR EACH ROW EXECUTE FUNCTION gatehouse_session_changed();
--> statement-breakpoint
CREATE TRIGGER session_applications_changed AFTER INSERT OR UPDATE ON "session_applications" FOR EACH ROW EXECUTE FUNCTION gatehouse_session_changed();
--> statement-breakpoint
CREATE TRIGGER revocations_changed AFTER INSERT OR UPDATE ON "revocations" FOR EACH ROW EXECUTE FUNCTION gatehouse_revoked();
