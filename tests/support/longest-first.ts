import { existsSync } from 'node:fs';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { repository } from './process.ts';

/**
 * What takes longest, in this order, so that none of it is begun last while other processors have nothing left to do. CI
 * prints the slowest files at its end.
 */
const longest = [
  'tests/engines/workerd-sqld.test.ts',
  'tests/engines/node-sqld.test.ts',
  'tests/engines/demo-on-workers.test.ts',
  'tests/engines/forms.test.ts',
  'tests/engines/commands.test.ts',
  'tests/engines/node-file.test.ts',
  'tests/upgrades/matrix.test.ts',
  'tests/properties/invariants.test.ts',
].map((path) => `${repository}${path}`);

/** Vitest's own sequence, which is by size where nothing has run yet, behind the files that take longest. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const gone = longest.filter((path) => !existsSync(path));
    if (gone.length > 0)
      throw new Error(`There is no ${gone.join(', ')}: see tests/support/longest-first.ts`);
    const sorted = await super.sort(files);
    const rankOf = ({ moduleId }: TestSpecification) =>
      longest.includes(moduleId) ? longest.indexOf(moduleId) : longest.length;
    const groupOf = ({ project }: TestSpecification) => project.config.sequence.groupOrder;
    return sorted.toSorted((a, b) => groupOf(a) - groupOf(b) || rankOf(a) - rankOf(b));
  }
}
