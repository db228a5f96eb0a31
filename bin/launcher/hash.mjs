import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** @param {string | Buffer} content @returns {string} SHA-256 in hexadecimal */
export function sha256(content) {
  return createHash('sha256').update(content).digest('hex');
}

/** @param {string} file @returns {string | null} SHA-256 of a file's content, `null` when it cannot be read */
export function fileSha256(file) {
  try {
    return sha256(readFileSync(file));
  } catch {
    return null;
  }
}

/**
 * @param {Buffer} content
 * @param {string} integrity such as `sha512-…=`, as npm writes it
 * @returns {boolean} whether the content is what was pinned
 */
export function hasIntegrity(content, integrity) {
  const [algorithm = '', digest] = integrity.split('-');
  return createHash(algorithm).update(content).digest('base64') === digest;
}
