import { writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import type { Reporter, TestModule } from 'vitest/node';

/** Writes how long each file took, with what it reads and what it opens before its tests, to `.tmp/file-times.json`. */
export default class FileTimes implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const times = modules.map((module) => {
      const { collectDuration, setupDuration, duration } = module.diagnostic();
      const file = relative(process.cwd(), module.moduleId);
      return { file, seconds: (collectDuration + setupDuration + duration) / 1000 };
    });
    writeFileSync('.tmp/file-times.json', JSON.stringify(times));
  }
}
