import type { GroupInput, ScimGroup, ScimUser, UserInput } from "../schema";

/** What a client can write of a User: what Gatehouse keeps beside it is not the client's. */
export const writtenOfUser = ({
  userName,
  externalId,
  active,
  attributes,
}: ScimUser): UserInput => ({ userName, externalId, active, attributes });

/** The same of a Group. */
export const writtenOfGroup = ({ displayName, externalId, attributes }: ScimGroup): GroupInput => ({
  displayName,
  externalId,
  attributes,
});
