/**
 * Who of a team is meant by a name as customers write it: the one of that name, or the only one with that first name. Nobody where it
 * fits several, since a complaint must not be put to the wrong person.
 */
export function personCalled(
  written: string,
  team: readonly { id: string; names: readonly string[] }[],
): string | null {
  const wanted = plain(written);
  const fitting = (fits: (name: string) => boolean) =>
    team.filter(({ names }) => names.some((name) => fits(plain(name))));
  const whole = fitting((name) => name === wanted);
  const found = whole.length > 0 ? whole : fitting((name) => name.split(' ')[0] === wanted);
  const [first, ...others] = found;
  return wanted === '' || first === undefined || others.length > 0 ? null : first.id;
}

const plain = (text: string) => text.normalize('NFKC').toLowerCase().trim().replace(/\s+/g, ' ');
