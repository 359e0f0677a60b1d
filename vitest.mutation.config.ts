import { defineConfig } from 'vitest/config';

/** The tests that mutants are tried against: those of rules. None opens a database, so that each takes moments. */
export default defineConfig({
  test: {
    include: [
      'tests/**/rewards/**/*.test.ts',
      'tests/**/orders/**/{lines-*,merge-order,order-addition,order-contradictions,order-state,people,plan-*,refusals}.test.ts',
      'tests/**/accounts/**/{balance-rules,book-postings,plan-change,root}.test.ts',
      'tests/**/programme/**/plan-versions.test.ts',
      'tests/**/redemptions/**/voucher-terms.test.ts',
      'tests/**/sign-in/**/rules.test.ts',
    ],
    exclude: ['tests/**/*.property.test.ts'],
    setupFiles: ['tests/support/no-stray-errors.ts'],
    testTimeout: 60_000,
    isolate: false,
  },
});
