import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';

/** What a ceremony may differ in from an honest one. */
interface Trick {
  origin?: string;
  rpId?: string;
  /** What the device says it has counted to. */
  counter?: number;
  /** Whether it asked who holds it. */
  isVerified?: boolean;
  /** Signed in place of what was asked. */
  challenge?: string;
  userHandle?: string;
}

interface AskedToMake {
  challenge: string;
  rp: { id?: string };
  user: { id: string };
}

interface AskedToSign {
  challenge: string;
  rpId?: string;
}

/** A device that keeps one passkey: ES256, no attestation (WebAuthn level 3, 6.5). */
export function createAuthenticator(origin: string) {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const credential = randomBytes(32);
  const id = credential.toString('base64url');
  let counter = 0;
  let owner = '';

  const clientData = (type: string, challenge: string, trick: Trick) =>
    Buffer.from(
      JSON.stringify({
        type,
        challenge: trick.challenge ?? challenge,
        origin: trick.origin ?? origin,
        crossOrigin: false,
      }),
    );

  const authData = (rpId: string, flags: number, trick: Trick) => {
    const verified = trick.isVerified === false ? 0 : 0x04;
    const counted = Buffer.alloc(4);
    counted.writeUInt32BE(trick.counter ?? counter);
    return Buffer.concat([sha256(trick.rpId ?? rpId), Buffer.from([flags | 0x01 | verified]), counted]);
  };

  return {
    id,
    /** Makes the passkey; JSON as a browser writes it. */
    make: (options: AskedToMake, trick: Trick = {}): string => {
      owner = options.user.id;
      const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
      const key = cborMap([
        [1, cborInt(2)],
        [3, cborInt(-7)],
        [-1, cborInt(1)],
        [-2, cborBytes(Buffer.from(x, 'base64url'))],
        [-3, cborBytes(Buffer.from(y, 'base64url'))],
      ]);
      const length = Buffer.alloc(2);
      length.writeUInt16BE(credential.length);
      const data = Buffer.concat([
        authData(options.rp.id ?? '', 0x40, trick),
        Buffer.alloc(16),
        length,
        credential,
        key,
      ]);
      const attestation = Buffer.concat([
        Buffer.from([0xa3]),
        ...[cborText('fmt'), cborText('none'), cborText('attStmt'), Buffer.from([0xa0])],
        ...[cborText('authData'), cborBytes(data)],
      ]);
      return JSON.stringify({
        ...{ id, rawId: id, type: 'public-key', clientExtensionResults: {} },
        response: {
          clientDataJSON: clientData('webauthn.create', options.challenge, trick).toString('base64url'),
          attestationObject: attestation.toString('base64url'),
          transports: ['internal'],
        },
      });
    },
    /** Signs with it; JSON as a browser writes it. */
    sign: (options: AskedToSign, trick: Trick = {}): string => {
      counter += 1;
      const data = authData(options.rpId ?? '', 0, trick);
      const client = clientData('webauthn.get', options.challenge, trick);
      const signature = sign('sha256', Buffer.concat([data, sha256(client)]), privateKey);
      return JSON.stringify({
        ...{ id, rawId: id, type: 'public-key', clientExtensionResults: {} },
        response: {
          clientDataJSON: client.toString('base64url'),
          authenticatorData: data.toString('base64url'),
          signature: signature.toString('base64url'),
          userHandle: trick.userHandle ?? owner,
        },
      });
    },
  };
}

const sha256 = (data: string | Buffer) => createHash('sha256').update(data).digest();

function cborHead(kind: number, size: number): Buffer {
  if (size < 24) return Buffer.from([(kind << 5) | size]);
  return size < 256
    ? Buffer.from([(kind << 5) | 24, size])
    : Buffer.from([(kind << 5) | 25, size >> 8, size & 255]);
}
const cborInt = (value: number) => (value < 0 ? cborHead(1, -1 - value) : cborHead(0, value));
const cborBytes = (bytes: Buffer) => Buffer.concat([cborHead(2, bytes.length), bytes]);
const cborText = (text: string) => Buffer.concat([cborHead(3, text.length), Buffer.from(text)]);
const cborMap = (entries: [number, Buffer][]) =>
  Buffer.concat([cborHead(5, entries.length), ...entries.flatMap(([key, value]) => [cborInt(key), value])]);
