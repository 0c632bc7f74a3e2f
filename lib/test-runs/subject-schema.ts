/** What a run tested, in relation to what is saved now. */
export interface Subject {
  loginMethodId: string;
  name: string;
  kind: string;
  /** Whether the login method is saved at all. */
  saved: boolean;
  enabled: boolean;
  /** Whether what is saved now is exactly what was tested. */
  current: boolean;
  /** The draft that was tested, while a form can still be opened with it. */
  draftId: string | null;
  /** Which version was tested, in words. */
  tested: string;
}
