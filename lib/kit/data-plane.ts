/**
 * Stands for the data plane itself: the gate and the pages of the team domain, which act for no
 * admin. Made only by `lib/http/data-plane.ts`. It reads configuration and keeps what people do; it
 * changes nothing that an admin configures.
 */
declare const dataPlane: unique symbol;

export interface DataPlane {
  readonly [dataPlane]: true;
}

/** Proof that a login was claimed by its state and its browser; it opens its own login method only. */
declare const login: unique symbol;

export interface LoginCapability {
  readonly loginId: string;
  readonly loginMethodId: string;
  readonly [login]: true;
}
