/** Why a test did not start, by the name that the history page is given in its address. */
export const TEST_PROBLEMS = {
  other_site: {
    title: "This test was not started",
    text: "The visit did not come from this console, and another site must not start a test in your name. Choose Test on this page if you want to start it.",
  },
  too_many: {
    title: "Too many tests within a minute",
    text: "Gatehouse starts at most 40 tests per admin and minute, so that nobody's provider is flooded. Wait a minute, then choose Test again.",
  },
  read_only: {
    title: "Your role cannot start a test",
    text: "You can read every result. To start tests, ask an owner to make you an admin.",
  },
  gone: {
    title: "That login method no longer exists",
    text: "It was deleted in the meantime.",
  },
} as const;
export type TestProblem = keyof typeof TEST_PROBLEMS;

export const isTestProblem = (name: unknown): name is TestProblem =>
  typeof name === "string" && Object.hasOwn(TEST_PROBLEMS, name);
