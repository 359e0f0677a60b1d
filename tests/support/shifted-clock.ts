/** Loaded before a program (`node --import`): its clock begins at CLOCK_AT and goes on from there. */
const now = Date.now;
const offset_ms = Date.parse(process.env.CLOCK_AT ?? '') - now();
const shifted = () => now() + offset_ms;

globalThis.Date = new Proxy(Date, {
  construct: (target, parts) => Reflect.construct(target, parts.length === 0 ? [shifted()] : parts),
  get: (target, name) => (name === 'now' ? shifted : Reflect.get(target, name)),
});
