import { afterEach, beforeEach, expect, type MockInstance, vi } from 'vitest';

/** A `console.error` that no test asked for is a failure of that test. */
let spy: MockInstance<typeof console.error>;

beforeEach(() => {
  spy = vi.spyOn(console, 'error');
});

afterEach(() => {
  const said = spy.mock.calls.map((call) => call.map(String).join(' '));
  spy.mockRestore();
  expect(said, 'nothing is written to console.error').toEqual([]);
});
