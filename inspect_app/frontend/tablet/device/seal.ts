/**
 * Locks and seals. Everything of a visit lies on the device encrypted (AES-GCM) under a data key that exists unwrapped in
 * memory alone. The data key is wrapped twice: by a key made slowly from the PIN, and by a key of the device that cannot be
 * exported; where that one is gone, nothing can be read any more.
 */
export interface Sealed {
  iv: Uint8Array<ArrayBuffer>;
  data: ArrayBuffer;
}
/** What is kept of a lock. */
export interface Lock {
  salt: Uint8Array<ArrayBuffer>;
  rounds: number;
  wrapped: Sealed;
  device: CryptoKey;
}

export const ROUNDS = 600_000;
export const SHORTEST_PIN = 6;
const AES = { name: "AES-GCM", length: 256 };
const text = new TextEncoder();
const words = new TextDecoder();

async function encrypt(key: CryptoKey, bytes: BufferSource, about: string): Promise<Sealed> {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const data = await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: text.encode(about) }, key, bytes);
  return { iv, data };
}

function decrypt(key: CryptoKey, sealed: Sealed, about: string): Promise<ArrayBuffer> {
  return crypto.subtle.decrypt({ name: "AES-GCM", iv: sealed.iv, additionalData: text.encode(about) }, key, sealed.data);
}

async function keyOfPin(pin: string, salt: BufferSource, rounds: number): Promise<CryptoKey> {
  const raw = await crypto.subtle.importKey("raw", text.encode(pin), "PBKDF2", false, ["deriveKey"]);
  return crypto.subtle.deriveKey({ name: "PBKDF2", hash: "SHA-256", salt, iterations: rounds }, raw, AES, false, ["encrypt", "decrypt"]);
}

/** The open key of a person on this device. `about` binds a sealed thing to its place: it opens nowhere else. */
export class Key {
  constructor(private readonly key: CryptoKey) {}

  seal(value: unknown, about: string): Promise<Sealed> {
    return encrypt(this.key, text.encode(JSON.stringify(value)), about);
  }

  async open<T>(sealed: Sealed, about: string): Promise<T> {
    return JSON.parse(words.decode(await decrypt(this.key, sealed, about))) as T;
  }

  sealBytes(bytes: ArrayBuffer, about: string): Promise<Sealed> {
    return encrypt(this.key, bytes, about);
  }

  openBytes(sealed: Sealed, about: string): Promise<ArrayBuffer> {
    return decrypt(this.key, sealed, about);
  }
}

async function usable(raw: ArrayBuffer): Promise<Key> {
  return new Key(await crypto.subtle.importKey("raw", raw, AES, false, ["encrypt", "decrypt"]));
}

async function wrap(raw: ArrayBuffer, pin: string, device: CryptoKey, rounds: number): Promise<Lock> {
  const salt = crypto.getRandomValues(new Uint8Array(16));
  const inner = await encrypt(await keyOfPin(pin, salt, rounds), raw, "data-key");
  const packed = new Uint8Array([...inner.iv, ...new Uint8Array(inner.data)]);
  return { salt, rounds, wrapped: await encrypt(device, packed, "lock"), device };
}

async function unwrap(lock: Lock, pin: string): Promise<ArrayBuffer | null> {
  const packed = new Uint8Array(await decrypt(lock.device, lock.wrapped, "lock"));
  const inner = { iv: packed.slice(0, 12), data: packed.slice(12).buffer };
  try {
    return await decrypt(await keyOfPin(pin, lock.salt, lock.rounds), inner, "data-key");
  } catch {
    return null;
  }
}

/** A new lock for a PIN, and its open key. */
export async function makeLock(pin: string, rounds = ROUNDS): Promise<{ lock: Lock; key: Key }> {
  const device = await crypto.subtle.generateKey(AES, false, ["encrypt", "decrypt"]);
  const raw = crypto.getRandomValues(new Uint8Array(32)).buffer;
  return { lock: await wrap(raw, pin, device, rounds), key: await usable(raw) };
}

/** The open key, or null where the PIN is another one. */
export async function openLock(lock: Lock, pin: string): Promise<Key | null> {
  const raw = await unwrap(lock, pin);
  return raw && usable(raw);
}

/** The same data key behind another PIN; null where the old PIN is not the one. */
export async function changePin(lock: Lock, old: string, pin: string, rounds = ROUNDS): Promise<Lock | null> {
  const raw = await unwrap(lock, old);
  return raw && wrap(raw, pin, lock.device, rounds);
}

/** SHA-256 in hex: by it a photograph is known on both sides. */
export async function sha256(bytes: BufferSource): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
