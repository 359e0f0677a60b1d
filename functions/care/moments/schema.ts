import { z } from 'zod';

/** `PUT /moments/{name}`; what is left out stays as it is. */
export const momentInput = z.strictObject({
  isOn: z.boolean().optional(),
  settings: z
    .array(z.strictObject({ name: z.string().max(40), value: z.string().max(100) }))
    .max(10)
    .default([]),
});

export const momentExample = { isOn: true, settings: [{ name: 'days', value: '3' }] };

export const signExample = {
  customerId: '0198f3c2a4b87c1e9d5f6a7b8c9d0e1f',
  kind: 'post' as const,
  place: 'instagram' as const,
  link: 'https://instagram.com/p/C1a2b3',
};
