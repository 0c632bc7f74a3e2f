export { answerByMachine as GET } from "@/app/answer-by-machine";
