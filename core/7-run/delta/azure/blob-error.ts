import { EngineError, type EngineErrorKind } from '../../adapters/engine-error.ts';
import type { RestError } from './sdk.ts';

/**
 * What the SDK throws, as an engine error. Its own messages may hold the request with its signature; only the service's
 * code and the address without its query are kept.
 */
export function blobError(thrown: unknown, url: string): EngineError {
  if (thrown instanceof EngineError) return thrown;
  const { statusCode, code, name } = thrown as Partial<RestError>;
  const where = url.replace(/\?.*$/, '');
  const said = code ?? name ?? 'no reason given';
  const error = (kind: EngineErrorKind, message: string) =>
    new EngineError({ kind, message, fatal: kind === 'connection' || kind === 'access' });
  // @azure/identity found nobody to be.
  if (
    name === 'CredentialUnavailableError' ||
    name === 'AggregateAuthenticationError' ||
    name === 'AuthenticationError'
  )
    return error('access', `${where}: no credentials were found (${name})`);
  if (statusCode === undefined) return error('connection', `${where} does not answer: ${said}`);
  if (statusCode === 401 || statusCode === 403)
    return error('access', `${where} answers ${statusCode}: ${said}`);
  if (statusCode === 409 || statusCode === 412)
    return error('conflict', `${where} answers ${statusCode}: ${said}`);
  if (statusCode === 429 || statusCode >= 500)
    return error('connection', `${where} answers ${statusCode} in spite of retries: ${said}`);
  return error('statement', `${where} answers ${statusCode}: ${said}`);
}
