# Untested: no container engine was at hand where this was written. It runs the same commands as script/start.
FROM node:22-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --include=dev --no-audit --no-fund
COPY . .
RUN npm run build && npm prune --omit=dev

FROM node:22-bookworm-slim
# initdb needs a uid that has a name.
RUN useradd --system --uid 10001 --create-home gatehouse && mkdir /data && chown gatehouse /data
WORKDIR /app
COPY --from=build --chown=root:root /app ./
USER gatehouse
ENV NODE_ENV=production DATA_DIR=/data
VOLUME /data
EXPOSE 3000
HEALTHCHECK --start-period=20s CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT ?? 3000}/healthz`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "dist/server.mjs"]
