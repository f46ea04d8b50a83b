# One image for every process: the command says which (api/main.ts, workers/main.ts, ops/start/migrate.ts).
# It runs as `node` on a read-only file system: it writes to /data (a volume) alone.
FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --no-audit --no-fund
COPY . .
RUN node node_modules/vite/bin/vite.js build --config admin-ui/vite.config.ts && npm prune --omit=dev --no-audit --no-fund

FROM node:24-bookworm-slim
ENV NODE_ENV=production SOFI_DEMO=0 HOST=0.0.0.0 PORT=3000 SOFI_DATA=/data TMPDIR=/data/tmp NODE_COMPILE_CACHE=/data/compile-cache MALLOC_ARENA_MAX=2 MALLOC_TRIM_THRESHOLD_=131072
WORKDIR /app
COPY --from=build /app /app
RUN mkdir -p /data/tmp /data/compile-cache /data/referentiels && chown -R node:node /data
USER node
VOLUME /data
EXPOSE 3000
CMD ["node", "api/main.ts"]
