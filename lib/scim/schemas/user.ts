import { USER_URN } from "../schema";
import type { SchemaDefinition } from "./definition";
import { binary, complex, flag, plural, reference, text } from "./definition";

const name = complex("name", "The parts of the person's name.", [
  text("formatted", "The whole name, as it is shown."),
  text("familyName", "Family name, or last name."),
  text("givenName", "Given name, or first name."),
  text("middleName", "Middle names."),
  text("honorificPrefix", "Title, such as Ms."),
  text("honorificSuffix", "Suffix, such as III."),
]);

const addresses = complex(
  "addresses",
  "Postal addresses.",
  [
    text("formatted", "The whole address, as it is shown or printed."),
    text("streetAddress", "Street and house number."),
    text("locality", "City."),
    text("region", "State or region."),
    text("postalCode", "Postal code."),
    text("country", "Country, as in ISO 3166-1 alpha-2."),
    text("type", "What it is for.", { canonicalValues: ["work", "home", "other"] }),
    flag("primary", "Whether it is the preferred one. True for one value at most."),
  ],
  { multiValued: true },
);

const groups = complex(
  "groups",
  "The Groups that the person is a member of. They are changed at the Group.",
  [
    text("value", "Identifier of the Group.", { mutability: "readOnly" }),
    reference("$ref", "Where the Group is.", { mutability: "readOnly", referenceTypes: ["Group"] }),
    text("display", "Name of the Group.", { mutability: "readOnly" }),
    text("type", "Whether by a Group inside the Group.", {
      mutability: "readOnly",
      canonicalValues: ["direct", "indirect"],
    }),
  ],
  { multiValued: true, mutability: "readOnly" },
);

/** RFC 7643 §4.1 and §8.7.1, without `password`: Gatehouse keeps none. */
export const userSchema: SchemaDefinition = {
  id: USER_URN,
  name: "User",
  description: "A person.",
  attributes: [
    text(
      "userName",
      "The name that the person has at the provider, in most cases an email address.",
      {
        required: true,
        uniqueness: "server",
      },
    ),
    name,
    text("displayName", "The name to show."),
    text("nickName", "What the person is called."),
    reference("profileUrl", "The person's page.", { referenceTypes: ["external"] }),
    text("title", "Job title."),
    text("userType", "How the person belongs to the organization, such as Contractor."),
    text("preferredLanguage", "Preferred languages, as in Accept-Language."),
    text("locale", "Locale, such as en-US."),
    text("timezone", "Time zone, such as Europe/Amsterdam."),
    // Required, unlike in RFC 7643: it is always known here, so it can be changed and not taken away.
    flag("active", "Whether the person may use the organization's services.", { required: true }),
    plural("emails", "Email addresses.", text("value", "The address."), ["work", "home", "other"]),
    plural("phoneNumbers", "Phone numbers.", text("value", "The number."), [
      ...["work", "home", "mobile", "fax", "pager", "other"],
    ]),
    plural("ims", "Addresses for instant messages.", text("value", "The address."), [
      ...["aim", "gtalk", "icq", "xmpp", "msn", "skype", "qq", "yahoo"],
    ]),
    plural(
      "photos",
      "Pictures of the person.",
      reference("value", "Where the picture is.", { referenceTypes: ["external"] }),
      ["photo", "thumbnail"],
    ),
    addresses,
    groups,
    plural("entitlements", "Things that the person may have.", text("value", "One of them.")),
    plural("roles", "Roles of the person.", text("value", "The role.")),
    plural(
      "x509Certificates",
      "Certificates of the person.",
      binary("value", "The certificate as DER in base64."),
    ),
  ],
};
