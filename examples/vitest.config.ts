import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    projects: [
      { test: { name: "pages", include: ["*/web/**/*.test.ts"] } },
      {
        test: {
          name: "browser",
          include: ["test-browser/**/*.test.ts"],
          testTimeout: 120_000,
          expect: { poll: { timeout: 15_000 } },
          hookTimeout: 300_000, // the demo may have to be built first
          fileParallelism: false,
        },
      },
    ],
  },
});
