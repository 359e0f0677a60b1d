import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const target = process.argv[2];
if (target !== 'node' && target !== 'cloudflare') {
  process.stderr.write('Usage: node scripts/build.ts node|cloudflare\n');
  process.exit(2);
}

if (existsSync('.env')) process.loadEnvFile('.env');
run('paraglide-js', [
  'compile',
  '--project',
  './project.inlang',
  '--outdir',
  './src/paraglide',
  '--silent',
  '--output-structure',
  'locale-modules',
  '--emit-ts-declarations',
  '--no-emit-readme',
]);
run('astro', ['build', '--silent']);

function run(command: string, args: string[]): void {
  const env = {
    ...process.env,
    TARGET: target,
    ASTRO_TELEMETRY_DISABLED: '1',
    WRANGLER_SEND_METRICS: 'false',
  };
  const path = `node_modules/.bin:${process.env.PATH}`;
  const { status, error } = spawnSync(command, args, { stdio: 'inherit', env: { ...env, PATH: path } });
  if (error) throw error;
  if (status !== 0) process.exit(status ?? 1);
}
