import { loadTwilio } from './client.ts';

/** Says whether a request was signed by the account's own token, for the address that we go by. */
export interface SignatureCheck {
  /**
   * @param path of the request as it came, with its query
   * @param params of its body; a name that came twice has a list
   */
  webhook(
    signature: string | undefined,
    path: string,
    params: Readonly<Record<string, unknown>>,
  ): Promise<boolean>;
  /** Of an upgrade to the media stream. */
  upgrade(signature: string | undefined, path: string): Promise<boolean>;
}

/**
 * Judges as the `twilio` package does. The address is the configured one: what a request says of its
 * own host, or a proxy of it, is not looked at.
 *
 * @param options.publicUrl where Twilio reaches us
 */
export function createSignatureCheck(options: {
  readonly authToken: string;
  readonly publicUrl: string;
}): SignatureCheck {
  const base = options.publicUrl.replace(/\/+$/, '');
  const check = async (
    signature: string | undefined,
    url: string,
    params: Readonly<Record<string, unknown>>,
  ): Promise<boolean> => {
    if (!signature) return false;
    const { validateRequest } = await loadTwilio();
    return validateRequest(options.authToken, signature, url, params);
  };
  return {
    webhook: (signature, path, params) => check(signature, `${base}${path}`, params),
    upgrade: (signature, path) => check(signature, `${base.replace(/^http/, 'ws')}${path}`, {}),
  };
}
