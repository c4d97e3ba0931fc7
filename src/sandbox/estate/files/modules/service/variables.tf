variable "name" {
  description = "Name of the group; its launch template has the same."
  type        = string
}

variable "environment" {
  type    = string
  default = "production"
}

variable "team" {
  type = string
}

variable "instance_type" {
  type = string
}

variable "image_id" {
  type    = string
  default = "ami-0f3c9b8d7e6a51420" # base image, 2026-10
}

variable "capacity" {
  description = "Bounds of the group."
  type = object({
    min = number
    max = number
  })
}

variable "cpu_target" {
  description = "Mean CPU that the policy holds, in percent."
  type        = number
  default     = 60
}
