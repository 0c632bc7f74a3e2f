"use client";
import { Card } from "@/components/ui/card";
import { CorsFields } from "./cors-fields";
import { SelectSetting, SwitchSetting, TextSetting } from "./setting-fields";

/** Cookies, CORS and programs. */
export function AdvancedSection() {
  return (
    <>
      <Card title="Cookie settings" description="Of CF_Authorization on the application's host.">
        <div className="grid max-w-xl gap-5">
          <SelectSetting
            name="settings.same_site_cookie_attribute"
            label="SameSite attribute"
            help="Strict may lead to a redirect loop: the cookie then does not come along from the login page."
            options={[
              { value: "none", label: "None" },
              { value: "lax", label: "Lax" },
              { value: "strict", label: "Strict" },
            ]}
          />
          <SwitchSetting
            name="settings.http_only_cookie_attribute"
            label="HttpOnly"
            help="Scripts of the application cannot read the cookie."
          />
          <SwitchSetting
            name="settings.enable_binding_cookie"
            label="Binding cookie"
            help="A second cookie, CF_Binding, without which a stolen CF_Authorization is worth nothing. The application never sees it."
          />
          <SwitchSetting
            name="settings.path_cookie_attribute"
            label="Cookie path"
            help="Limits the cookie to the path of the hostname, for several applications on one host."
          />
          <SwitchSetting
            name="settings.eager_redirect_cookie_setting"
            label="Eager redirect"
            help="Leads whoever signs in through the application's other hostnames, so that each has its cookie: for pages whose scripts call another hostname. At most ten, none with a wildcard or shared with another application. All must be within everybody's reach: people get no further than one that does not answer."
          />
        </div>
      </Card>
      <Card title="Cross-Origin Resource Sharing (CORS)">
        <div className="grid gap-5">
          <CorsFields />
          <div className="max-w-xl">
            <SwitchSetting
              name="settings.options_preflight_bypass"
              label="Bypass OPTIONS requests to the application"
              help="Lets preflight requests through to the application, which answers them itself."
            />
          </div>
        </div>
      </Card>
      <Card title="Programs" description="They bring a service token instead of signing in.">
        <div className="grid max-w-xl gap-5">
          <SwitchSetting
            name="settings.service_auth_401_redirect"
            label="Return 401 response for Service Auth policies"
            help="A program without credentials gets 401 in place of the way to the login page."
          />
          <TextSetting
            name="settings.read_service_tokens_from_header"
            label="Read service tokens from one header"
            optional
            nullable
            placeholder="Authorization"
            help='For programs that can send only one: it holds {"cf-access-client-id": "…", "cf-access-client-secret": "…"}.'
          />
        </div>
      </Card>
    </>
  );
}
