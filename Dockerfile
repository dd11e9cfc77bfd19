# Build with the whole toolchain, run with the result only.
FROM node:26-bookworm AS build
WORKDIR /app
COPY package.json package-lock.json tsconfig.json prisma.config.ts ./
COPY scripts ./scripts
COPY prisma ./prisma
COPY src ./src
COPY templates ./templates
RUN npm ci && npm prune --omit=dev --ignore-scripts

FROM node:26-bookworm-slim
ENV NODE_ENV=production
WORKDIR /app
# Names in other scripts than Latin need their glyphs in charts.
RUN apt-get update \
  && apt-get install -y --no-install-recommends fonts-noto-core fonts-noto-cjk \
  && rm -rf /var/lib/apt/lists/*
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY --from=build /app/prisma ./prisma
COPY --from=build /app/templates ./templates
RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
# Credentials come when it is run (-e SLACK_BOT_TOKEN …, -e MicrosoftAppId …); see README, "Configuration". PENNYWATCH_TEAMS_LOCAL is of no
# use here: the server then listens on the container's own loopback only.
ENV DATABASE_URL=file:/data/pennywatch.db PORT=4600
EXPOSE 4600
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.PORT + '/readyz').then(r => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "dist/cli.js"]
CMD ["serve"]
