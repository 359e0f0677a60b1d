import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';

/** What vitest's files took: see `tests/support/file-times.ts`. */
export const fileTimes = '.tmp/file-times.json';

const times = z.array(z.object({ file: z.string(), seconds: z.number() }));

/** As much of Playwright's report as says what took how long; a suite is a file or a part of one. */
const suite = z.object({
  specs: z.array(
    z.object({
      file: z.string(),
      tests: z.array(z.object({ results: z.array(z.object({ duration: z.number() })) })),
    }),
  ),
  get suites() {
    return z.array(suite).optional();
  },
});

/** The files that took longest, longest first, of those that left a report. */
export function slowestFiles(playwrightReport: string, most: number): { file: string; seconds: number }[] {
  const all = [...(read(fileTimes, times) ?? [])];
  const browsers = read(playwrightReport, z.object({ suites: z.array(suite) }))?.suites ?? [];
  const specs = browsers.flatMap(specsIn);
  for (const [file, own] of Map.groupBy(specs, (spec) => spec.file)) {
    const durations = own.flatMap(({ tests }) => tests.flatMap(({ results }) => results));
    all.push({ file, seconds: durations.reduce((sum, { duration }) => sum + duration, 0) / 1000 });
  }
  return all.toSorted((a, b) => b.seconds - a.seconds).slice(0, most);
}

function specsIn({ specs, suites = [] }: z.infer<typeof suite>): z.infer<typeof suite>['specs'] {
  return [...specs, ...suites.flatMap(specsIn)];
}

function read<Schema extends z.ZodType>(path: string, schema: Schema): z.infer<Schema> | null {
  return existsSync(path) ? schema.parse(JSON.parse(readFileSync(path, 'utf8'))) : null;
}
