import { compileMessages, run } from './run.ts';

const target = process.argv[2];
if (target !== 'node' && target !== 'cloudflare') {
  process.stderr.write('Usage: node scripts/build.ts node|cloudflare\n');
  process.exit(2);
}

/** A minute without a word reads like a fault. */
process.stdout.write(`Building for ${target} …\n`);
process.exitCode = compileMessages() || run('astro', ['build', '--silent'], { TARGET: target });
