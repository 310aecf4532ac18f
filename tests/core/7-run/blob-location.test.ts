import { describe, expect, test } from 'vitest';
import { blobLocation, isUrl } from '../../../core/7-run/delta/azure/location.ts';

describe('addresses of Azure storage', () => {
  const acme = { service: 'https://acme.blob.core.windows.net', account: 'acme', container: 'lake' };
  test.each([
    ['abfss://lake@acme.dfs.core.windows.net/gold/x', { ...acme, path: 'gold/x' }],
    ['abfss://lake@acme.dfs.core.windows.net', { ...acme, path: '' }],
    ['https://acme.blob.core.windows.net/lake/a%20b/', { ...acme, path: 'a b' }],
    ['https://acme.dfs.core.windows.net/lake/gold', { ...acme, path: 'gold' }],
    ['az://lake/gold', { container: 'lake', path: 'gold' }],
    [
      'abfss://sales@onelake.dfs.fabric.microsoft.com/lake.Lakehouse/Tables',
      {
        service: 'https://onelake.blob.fabric.microsoft.com',
        account: 'onelake',
        container: 'sales',
        path: 'lake.Lakehouse/Tables',
      },
    ],
    [
      'http://127.0.0.1:10000/devstoreaccount1/lake/gold',
      {
        service: 'http://127.0.0.1:10000/devstoreaccount1',
        account: 'devstoreaccount1',
        container: 'lake',
        path: 'gold',
      },
    ],
  ])('%s', (url, location) => {
    expect(isUrl(url)).toBe(true);
    expect(blobLocation(url)).toEqual(location);
  });

  test.each([
    's3://bucket/x',
    'https://example.com/lake/x',
    'https://acme.blob.core.windows.net/lake/x?sv=2024&sig=abc',
    'http://acme.blob.core.windows.net/lake/x',
    'abfss://lake@example/x',
  ])('not %s', (url) => {
    expect(blobLocation(url)).toBeUndefined();
  });

  test.each(['target/delta', '/mnt/lake', 'C:\\lake', './az'])('%s is a folder', (path) => {
    expect(isUrl(path)).toBe(false);
  });
});
