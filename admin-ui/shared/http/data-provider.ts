import simpleRestProvider from 'ra-data-simple-rest';
import type { DataProvider, fetchUtils } from 'react-admin';
import { API, callApi } from './api.ts';

type HttpClient = typeof fetchUtils.fetchJson;

/** Lists and records through react-admin's simple-rest form, carried by the one way of calling the API. */
const httpClient: HttpClient = async (url, options = {}) => {
  const path = String(url).slice(API.length);
  const method = (options.method ?? 'GET') as 'GET' | 'POST' | 'PUT' | 'DELETE';
  const { json, headers, status } = await callApi<unknown>(path, {
    method,
    ...(typeof options.body === 'string' ? { body: JSON.parse(options.body) as unknown } : {}),
    ...(options.signal ? { signal: options.signal } : {}),
  });
  return { json, headers, status, body: '' };
};

export const dataProvider: DataProvider = simpleRestProvider(API, httpClient);
